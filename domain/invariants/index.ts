import { accrualsFollow, closedPeriodsStay } from './books';
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
  accrualsFollow,
  ratesAreWithinTheCap,
  quotesAreKept,
  repaymentsAreConserved,
  payoutsNeedContracts,
  payoutsHappenOnce,
  creditStaysWithinTheLine,
  decisionsHaveConsent,
  closedPeriodsStay,
];

/** Watches a log for everything that must hold. Feed it every fact in order. */
export const watchInvariants = (): { see(fact: LoggedFact): readonly Finding[]; unfinished(): number } => {
  const watchers = INVARIANTS.map(({ id, watch }) => ({ id, watcher: watch() }));
  return {
    see: (fact) =>
      watchers.flatMap(({ id, watcher }) => {
        const detail = watcher.see(fact);
        return detail === undefined ? [] : [{ invariant: id, stream: fact.stream, detail }];
      }),
    unfinished: () => watchers.reduce((sum, { watcher }) => sum + watcher.unfinished(), 0),
  };
};
