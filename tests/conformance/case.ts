import type { Verdict } from './loan-engine';

export type { Verdict } from './loan-engine';

/** One case of a file: what it is counted under, and how it is judged. */
export interface Case {
  readonly id: string;
  /** A tier of the loan cases ("1" to "4"), or what the case is about. */
  readonly tier: string;
  /** What it needs beyond the bare minimum. */
  readonly knobs: readonly string[];
  readonly judge: () => Verdict;
}

/** What the files of a run say together, beside their cases. */
export interface Surroundings {
  /** Definitions of the charges that loan cases name. */
  readonly chargeCatalogue: Readonly<Record<string, unknown>>;
}

/** Reads one kind of case file. A kind is known by its content, never by the name of the file. */
export interface CaseReader {
  readonly kind: string;
  readonly recognises: (content: Content) => boolean;
  /** @throws when the content is not as this kind of file is documented. */
  readonly read: (content: Content, surroundings: Surroundings) => readonly Case[];
}

/** A case file: a JSON object. */
export type Content = Readonly<Record<string, unknown>>;

const PASSED: Verdict = { kind: 'passed' };

/** Passed when both sides are the same text. */
export const compared = (at: string, expected: unknown, got: unknown): Verdict =>
  JSON.stringify(expected) === JSON.stringify(got) ? PASSED : { kind: 'failed', difference: { at, expected, got } };

/** The first of several comparisons that failed. */
export const firstFailed = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.find(({ kind }) => kind !== 'passed') ?? PASSED;

/** A case whose judge throws has failed with what it said. */
export const judged = (one: Case): Verdict => {
  try {
    return one.judge();
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', difference: { at: 'while running', expected: 'an answer', got } };
  }
};
