import type { LoanFact } from '../replay';

/**
 * The facts in the order in which they count: by value date, then by the day they became known, then by id. The same
 * set of facts gives the same order, however it arrived.
 */
export const inOrder = (facts: readonly LoanFact[]): readonly LoanFact[] =>
  [...facts].sort((a, b) => a.on - b.on || a.knownOn - b.knownOn || (a.id < b.id ? -1 : Number(a.id > b.id)));

/** The facts that were undone. An undoing may itself be undone. */
export const undoneIn = (facts: readonly LoanFact[]): ReadonlySet<string> => {
  const undoings = new Map<string, string[]>();
  for (const fact of facts) {
    if (fact.kind === 'undo') undoings.set(fact.of, [...(undoings.get(fact.of) ?? []), fact.id]);
  }
  const isUndone = (id: string): boolean => undoings.get(id)?.some((undoing) => !isUndone(undoing)) ?? false;
  return new Set(facts.filter(({ id }) => isUndone(id)).map(({ id }) => id));
};
