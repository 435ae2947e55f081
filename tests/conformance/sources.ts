import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Case, CaseReader, Content, Surroundings } from './case';
import { dayCounts } from './day-counts';
import { identifiers } from './identifiers';
import { chargeCatalogues, loanCases } from './loan-cases';
import { isPmmlModel, readPmmlCases } from './pmml-cases';
import { annualRates } from './rate-files';

/** Every kind of case file that can be read: a new kind is one more line. */
const READERS: readonly CaseReader[] = [dayCounts, annualRates, identifiers, loanCases, chargeCatalogues];

/** All cases of the files, and what cannot be read, each with the file's name. */
export interface Reading {
  readonly cases: readonly Case[];
  readonly unreadable: readonly string[];
}

/** Reads files, and every .json file and every PMML model with its tables, in folders and the folders in them. */
export const readCases = (paths: readonly string[]): Reading => {
  const unreadable: string[] = [];
  const reading = <Result>(path: string, read: () => Result): Result | undefined => {
    try {
      return read();
    } catch (error) {
      unreadable.push(`${path}: ${messageOf(error)}`);
      return undefined;
    }
  };
  const files = paths.flatMap((path) => reading(path, () => filesAt(path)) ?? []);
  const models = files.filter(isPmmlModel).flatMap((path) => reading(path, () => readPmmlCases(path)) ?? []);
  const contents = files.flatMap((path) => {
    if (isPmmlModel(path)) return [];
    const content = reading(path, () => contentOf(path));
    return content === undefined ? [] : [{ path, content }];
  });
  const surroundings = surroundingsOf(contents.map(({ content }) => content));
  const cases = contents.flatMap(
    ({ path, content }) => reading(path, () => readerOf(content).read(content, surroundings)) ?? [],
  );
  return { cases: [...cases, ...models], unreadable };
};

const filesAt = (path: string): readonly string[] => {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesAt(inside);
      return entry.name.endsWith('.json') || isPmmlModel(inside) ? [inside] : [];
    });
};

const contentSchema = z.record(z.string(), z.unknown());

const contentOf = (path: string): Content => contentSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

const readerOf = (content: Content): CaseReader => {
  const reader = READERS.find(({ recognises }) => recognises(content));
  if (reader !== undefined) return reader;
  throw new Error(`none of the kinds that are known (${READERS.map(({ kind }) => kind).join(', ')})`);
};

const surroundingsOf = (contents: readonly Content[]): Surroundings => ({
  chargeCatalogue: Object.assign({}, ...contents.map(({ chargeCatalogue }) => chargeCatalogue ?? {})),
});

const messageOf = (error: unknown): string => {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return issue === undefined ? 'not as documented' : `${issue.path.join('.')}: ${issue.message}`;
  }
  return error instanceof Error ? error.message : String(error);
};
