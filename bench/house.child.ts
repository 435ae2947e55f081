import { openHouse } from '../app/house';
import { readConfig } from '../platform/config';

/** `house.child <data folder> <roles> <settings>`: a house that writes its address and works until it is killed. */
const main = async (folder: string, roles: string, settings: string): Promise<void> => {
  const { url } = await openHouse({
    writesApart: true,
    config: readConfig({
      USANCE_DATA: folder,
      USANCE_PORT: '0',
      USANCE_ROLES: roles,
      USANCE_LOG_LEVEL: 'fatal',
      // Written by the benchmark that starts it.
      ...(JSON.parse(settings) as Readonly<Record<string, string>>),
    }),
  });
  process.stdout.write(`${url}\n`);
};

const [folder = '', roles = '', settings = '{}'] = process.argv.slice(2);
main(folder, roles, settings).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
