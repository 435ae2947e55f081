import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** What a partner has done, entry by entry, so that it still knows after a crash. */
export interface Journal {
  /** The entries of earlier runs, oldest first. */
  readonly earlier: readonly unknown[];
  /** Has reached the operating system when it returns: a killed process loses nothing that it has answered. */
  append(entries: readonly object[]): void;
  close(): void;
}

const NOWHERE: Journal = { earlier: [], append: () => undefined, close: () => undefined };

/**
 * Opens `<folder>/<name>.jsonl`, or makes it when there is something to keep; without a folder nothing is kept. A line
 * cut off by a crash was never answered.
 */
export const openJournal = (folder: string | undefined, name: string): Journal => {
  if (folder === undefined) return NOWHERE;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.jsonl`);
  let file = existsSync(path) ? openSync(path, 'a+') : undefined;
  const content = file === undefined ? Buffer.alloc(0) : readFileSync(path);
  const whole = content.lastIndexOf('\n') + 1;
  if (file !== undefined) ftruncateSync(file, whole);
  const lines = content.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  return {
    earlier: lines.map((line): unknown => JSON.parse(line)),
    append: (entries) => {
      file ??= openSync(path, 'a+');
      const text = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
      for (let written = 0; written < text.length; ) written += writeSync(file, text, written);
    },
    close: () => {
      if (file !== undefined) closeSync(file);
    },
  };
};
