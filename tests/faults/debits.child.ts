import { openDebitHouse } from './debit-house';
import { PutForward } from './put-forward';

/**
 * `debits.child <data folder> <partners' addresses> <how far its clock is ahead>`: orders and makes the debits of the
 * day, by two schedulers. It says when it has begun; it is there to be killed.
 */
const main = async (folder: string, urls: string, aheadMs: number): Promise<void> => {
  const house = await openDebitHouse(folder, urls, new PutForward(aheadMs));
  await house.start();
  process.stdout.write('open\n');
  await house.order();
};

const [folder = '', urls = '', ahead = '0'] = process.argv.slice(2);
main(folder, urls, Number(ahead)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
