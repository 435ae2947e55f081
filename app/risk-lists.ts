import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../platform/runtime';
import { type ListBook, type ListDocument, listDocumentSchema, openLists } from '../risk/lists';

/** The folder is looked at this often: a list that was changed counts from then on, without a restart. */
const LOOK_AGAIN_MS = 2_000;

interface Lists {
  readonly book: ListBook;
  /** Names, sizes and times of change: the same while nobody has changed anything. */
  readonly seen: string;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(folder, name));

const stampOf = (files: readonly string[]): string =>
  files
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${file} ${size} ${mtimeMs}`;
    })
    .join('\n');

const read = (file: string): ListDocument => {
  const parsed = listDocumentSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
};

const readAll = (files: readonly string[]): ListBook => {
  const documents = files.map(read);
  const names = documents.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two lists are called ${twice}`);
  return openLists(documents);
};

export interface RiskListsOptions {
  readonly clock: Clock;
  /** Told of lists that cannot be used; what was there before stays in use. */
  readonly report: (error: unknown) => void;
}

/**
 * The lists of a folder, one JSON document each, as they are now. Read as a whole: all of the new ones, or none.
 *
 * @throws Error at the start, when one of them cannot be used
 */
export const riskLists = (folder: string | undefined, { clock, report }: RiskListsOptions): (() => ListBook) => {
  if (folder === undefined) {
    const none = openLists([]);
    return () => none;
  }
  const load = (): Lists => {
    const files = filesIn(folder);
    return { seen: stampOf(files), book: readAll(files) };
  };
  let lists = load();
  let failed = '';
  let lookedAt = clock.now();
  return () => {
    const now = clock.now();
    if (Math.abs(now - lookedAt) < LOOK_AGAIN_MS) return lists.book;
    lookedAt = now;
    let seen = '';
    try {
      seen = stampOf(filesIn(folder));
      if (seen !== lists.seen && seen !== failed) lists = load();
    } catch (error) {
      // Said once for every change, not at every decision.
      failed = seen;
      report(error);
    }
    return lists.book;
  };
};
