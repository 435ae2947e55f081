import { openHouse } from '../app/house';
import { readConfig } from '../platform/config';

/** `house.child <data folder> <roles>`: a house that writes its address and works until it is killed. */
const main = async (folder: string, roles: string): Promise<void> => {
  const { url } = await openHouse({
    config: readConfig({
      USANCE_DATA: folder,
      USANCE_PORT: '0',
      USANCE_ROLES: roles,
      USANCE_LOG_LEVEL: 'fatal',
    }),
  });
  process.stdout.write(`${url}\n`);
};

const [folder = '', roles = ''] = process.argv.slice(2);
main(folder, roles).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
