import { openDesk } from './desk';
import { handClock, playLives } from './lives';
import { makeFolder, removeFolder } from './support';
import { openShop } from './town';

/** A data folder whose log holds so many whole lives, while the work lasts. A life leaves about fifty-five events. */
export const withHistory = async <Result>(
  lives: number,
  work: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const folder = makeFolder();
  try {
    const clock = handClock();
    const desk = await openDesk(folder, clock);
    await openShop(desk.bus);
    await playLives(desk.bus, clock, lives, 500);
    await desk.close();
    return await work(folder);
  } finally {
    removeFolder(folder);
  }
};
