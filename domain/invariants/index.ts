import type { Finding, Invariant, LoggedFact } from './invariant';
import { creditStaysWithinTheLine, decisionsHaveConsent, payoutsHappenOnce, payoutsNeedContracts } from './lifecycle';
import { outstandingIsWithinBounds, quotesAreKept, ratesAreWithinTheCap, schedulesAddUp } from './loans';
import {
  causesBookOnce,
  entriesBalance,
  repaymentsAreConserved,
  subLedgerIsGeneralLedger,
  trialBalanceIsZero,
} from './money';

export type { Finding, Invariant, LoggedFact } from './invariant';

/** What must always hold over the whole log, in one place; numbers as in the list of a lending core's invariants. */
export const INVARIANTS: readonly Invariant[] = [
  entriesBalance,
  trialBalanceIsZero,
  outstandingIsWithinBounds,
  subLedgerIsGeneralLedger,
  causesBookOnce,
  schedulesAddUp,
  ratesAreWithinTheCap,
  quotesAreKept,
  repaymentsAreConserved,
  payoutsNeedContracts,
  payoutsHappenOnce,
  creditStaysWithinTheLine,
  decisionsHaveConsent,
];

/** Watches a log for everything that must hold. Feed it every fact in order, then ask for the end. */
export const watchInvariants = (): { see(fact: LoggedFact): readonly Finding[]; end(): readonly Finding[] } => {
  const watchers = INVARIANTS.map(({ id, watch }) => ({ id, watcher: watch() }));
  return {
    see: (fact) =>
      watchers.flatMap(({ id, watcher }) => {
        const detail = watcher.see(fact);
        return detail === undefined ? [] : [{ invariant: id, stream: fact.stream, detail }];
      }),
    end: () => watchers.flatMap(({ id, watcher }) => watcher.end().map((found) => ({ invariant: id, ...found }))),
  };
};
