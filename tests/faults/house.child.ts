import { openHouse } from '../../app/house';
import { TOKENS, the } from '../../app/tokens';
import { readConfig } from '../../platform/config';

/**
 * `house.child <data folder>`: the whole house in one process, with partners that sometimes do not answer. Writes its
 * address and a token secret's worth of nothing else; it is there to be killed.
 */
const main = async (folder: string): Promise<void> => {
  const house = await openHouse({
    writesApart: true,
    config: readConfig({ USANCE_DATA: folder, USANCE_PORT: '0', USANCE_LOG_LEVEL: 'fatal' }),
    sandbox: {
      settings: {
        channel: {
          operations: {
            payout: { approve: 0.8, 'timeout-after-doing': 0.05, refuse: 0.05, 'server-error': 0.05, unsigned: 0.05 },
            debit: { approve: 0.9, refuse: 0.05, 'server-error': 0.05 },
          },
        },
      },
    },
  });
  the(house.container, TOKENS.logger).debug('open');
  process.stdout.write(`${house.url}\n`);
};

const [folder = ''] = process.argv.slice(2);
main(folder).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
