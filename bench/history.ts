import { startChild } from '../tests/support/child';
import { makeFolder, removeFolder } from './support';

/**
 * A data folder whose log holds so many whole lives, while the work lasts. A life leaves about sixty events. Another
 * process has written them: whoever replays a log in earnest has just been started, and its engine has seen no writing.
 */
export const withHistory = async <Result>(
  lives: number,
  work: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const folder = makeFolder();
  try {
    const said: string[] = [];
    for await (const line of startChild(require.resolve('./history.child'), folder, String(lives)).lines)
      said.push(line);
    if (said.at(-1) !== 'written') throw new Error('the history was not written to its end');
    return await work(folder);
  } finally {
    removeFolder(folder);
  }
};
