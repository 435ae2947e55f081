import { amountsAreExact } from './amounts';
import { accrualsFollow, closedPeriodsStay } from './books';
import { commandsTakeEffectOnce, eventsAreInOrder, everyEntryHasACause } from './causes';
import { casesFollowLoans, contactsAreWithinTheLaw, messagesGoOnce } from './collections';
import { debitsHaveMandates } from './debits';
import { checkedElsewhere } from './elsewhere';
import { closedLoansOweNothing, nothingIsEarnedOnWhatHasEnded } from './endings';
import {
  type ELSEWHERE,
  type Finding,
  type Invariant,
  type LoggedFact,
  nothingUnfinished,
  type Seen,
  type Watcher,
} from './invariant';
import {
  creditStaysWithinTheLine,
  decisionsAreExplained,
  payoutsHappenOnce,
  payoutsNeedContracts,
  sourcesHaveConsent,
} from './lifecycle';
import { LoanAccounts } from './loan-accounts';
import { outstandingIsWithinBounds, quotesAreKept, ratesAreWithinTheCap, schedulesAddUp } from './loans';
import {
  causesBookOnce,
  entriesBalance,
  moneyGoesThroughCustody,
  repaymentsAreConserved,
  subLedgerIsGeneralLedger,
  trialBalanceIsZero,
} from './money';
import { payoutsAreAsAgreed, reservationsAreGivenBack } from './payouts';
import { changesKeepTheCap, interestIsWorkedOutAgain, plansAreSound } from './plans';
import { receiptsAreConserved } from './receipts';
import { endingsAreFinal, verdictsStand } from './transitions';

export type { Finding, Invariant, LoggedFact } from './invariant';

/** What must always hold, in one place; numbers as in the list of a lending core's invariants. */
export const INVARIANTS: readonly Invariant[] = [
  entriesBalance,
  trialBalanceIsZero,
  amountsAreExact,
  outstandingIsWithinBounds,
  subLedgerIsGeneralLedger,
  causesBookOnce,
  everyEntryHasACause,
  moneyGoesThroughCustody,
  schedulesAddUp,
  plansAreSound,
  interestIsWorkedOutAgain,
  ratesAreWithinTheCap,
  quotesAreKept,
  accrualsFollow,
  repaymentsAreConserved,
  changesKeepTheCap,
  nothingIsEarnedOnWhatHasEnded,
  payoutsNeedContracts,
  payoutsAreAsAgreed,
  payoutsHappenOnce,
  endingsAreFinal,
  creditStaysWithinTheLine,
  reservationsAreGivenBack,
  debitsHaveMandates,
  closedLoansOweNothing,
  commandsTakeEffectOnce,
  eventsAreInOrder,
  verdictsStand,
  decisionsAreExplained,
  sourcesHaveConsent,
  closedPeriodsStay,
  messagesGoOnce,
  contactsAreWithinTheLaw,
  casesFollowLoans,
  receiptsAreConserved,
  ...checkedElsewhere,
].toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** Those whose check takes this besides the log. */
export const invariantsBy = (means: (typeof ELSEWHERE)[number]): readonly string[] =>
  INVARIANTS.filter(({ check }) => check === means).map(({ id }) => id);

type ByLog = Invariant & { readonly check: (seen: Seen) => Watcher };

const isByLog = (invariant: Invariant): invariant is ByLog => typeof invariant.check === 'function';

/** Those that the log alone shows. */
const LOG_INVARIANTS: readonly ByLog[] = INVARIANTS.filter(isByLog);

/** A fact that cannot even be looked at is found out, not stumbled over. */
const seen = (watcher: Watcher, fact: LoggedFact): string | undefined => {
  try {
    return watcher.see(fact);
  } catch (error) {
    return `${fact.type} cannot be looked at: ${error instanceof Error ? error.message : String(error)}`;
  }
};

/**
 * Watches a log for everything that it must show. Feed it every fact in order.
 *
 * @param only the numbers of those that are looked at; default: all
 */
export const watchInvariants = (
  only?: ReadonlySet<string>,
): { see(fact: LoggedFact): readonly Finding[]; unfinished(): number } => {
  const accounts = new LoanAccounts();
  const watched = LOG_INVARIANTS.filter(({ id }) => only?.has(id) ?? true);
  const watchers = watched.map(({ id, check }) => ({ id, watcher: check({ accounts }) }));
  return {
    see: (fact) => {
      const unreadable = seen({ see: (each) => void accounts.take(each), unfinished: nothingUnfinished }, fact);
      if (unreadable !== undefined) return [{ invariant: 'I-09', stream: fact.stream, detail: unreadable }];
      return watchers.flatMap(({ id, watcher }) => {
        const detail = seen(watcher, fact);
        return detail === undefined ? [] : [{ invariant: id, stream: fact.stream, detail }];
      });
    },
    unfinished: () => watchers.reduce((sum, { watcher }) => sum + watcher.unfinished(), 0),
  };
};
