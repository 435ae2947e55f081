import { openDesk } from './desk';
import { handClock, playLives } from './lives';
import { openShop } from './town';

/** `history.child <data folder> <lives>`: plays so many whole lives, and says so once they are all on disk. */
const main = async (folder: string, lives: number): Promise<void> => {
  const clock = handClock();
  const desk = await openDesk(folder, clock);
  await openShop(desk.bus);
  await playLives(desk.bus, clock, lives, 500);
  await desk.close();
  process.stdout.write('written\n');
};

const [folder = '', lives = ''] = process.argv.slice(2);
main(folder, Number(lives)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
