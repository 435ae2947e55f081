import { contactRefusal } from '../collections';
import { instant, type LoanId, loanIdSchema } from '../kernel';
import { isDunning, MEANS_OF } from '../notices';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';

/** What is known of one message: what it is, and how far it has come. */
type MessageFact = Extract<LoggedFact, { type: 'MessageBegun' | 'MessageSent' | 'MessageFailed' | 'MessageUnknown' }>;

const isMessageFact = (fact: LoggedFact): fact is MessageFact => fact.type.startsWith('Message');

const tooMany = (fact: MessageFact, before: MessageFact | undefined): string | undefined => {
  const message = fact.type === 'MessageBegun' ? fact.data : fact.data.message;
  if (message === undefined) return undefined;
  const { kind, channel, attempt } = message;
  const { at } = fact.data;
  if (before !== undefined && (before.type !== 'MessageFailed' || before.data.final)) {
    return `attempt ${attempt} by ${channel} after one that is ${before.type}`;
  }
  if (!isDunning(kind)) return undefined;
  return contactRefusal('CN', { means: MEANS_OF[channel], party: 'debtor', at: instant(at) }, [])?.detail;
};

export const messagesGoOnce: Invariant = {
  id: 'I-43',
  statement: 'Nobody is told the same thing twice by the same way, nor asked at night for what is overdue',
  check: () => {
    const last = new Map<string, MessageFact>();
    return {
      see: (fact) => {
        if (!isMessageFact(fact)) return undefined;
        const message = `${fact.stream} ${fact.data.channel}`;
        const before = last.get(message);
        last.set(message, fact);
        return tooMany(fact, before);
      },
      unfinished: () => [...last.values()].filter(({ type }) => type === 'MessageBegun').length,
    };
  },
};

export const contactsAreWithinTheLaw: Invariant = {
  id: 'I-44',
  statement: 'No debtor is turned to more often, or at other times, than the contact rules allow',
  check: () => {
    const made = new Map<string, Parameters<typeof contactRefusal>[2][number][]>();
    return {
      see: (fact) => {
        if (fact.type !== 'ContactAttempted') return undefined;
        const { means, at } = fact.data;
        const before = made.get(fact.stream) ?? [];
        const refusal = contactRefusal('CN', { means, party: 'debtor', at }, before);
        made.set(fact.stream, [...before, { means, at }]);
        return refusal?.detail;
      },
      unfinished: nothingUnfinished,
    };
  },
};

/** Which loans are in arrears, by what the loans themselves say. */
class LateLoans {
  readonly #late = new Set<LoanId>();

  get all(): Iterable<LoanId> {
    return this.#late;
  }

  has(loan: LoanId): boolean {
    return this.#late.has(loan);
  }

  see(fact: LoggedFact): void {
    if (fact.type === 'ArrearsBucketChanged' && fact.data.to !== 'current') {
      this.#late.add(loanIdSchema.parse(fact.stream));
    } else if (HAVE_ENDED.has(fact.type) || fact.type === 'ArrearsBucketChanged') {
      this.#late.delete(loanIdSchema.parse(fact.stream));
    }
  }
}

const HAVE_ENDED: ReadonlySet<string> = new Set(['LoanClosed', 'LoanWrittenOff', 'LoanSettled']);

/** Which loans are in which open case, and which cases a person has closed. */
class OpenCases {
  readonly #loans = new Map<string, Set<LoanId>>();
  /** Loans that were in a case when a person closed it: they come back when they get later. */
  readonly letGo = new Set<LoanId>();

  inCases(): readonly LoanId[] {
    return [...this.#loans.values()].flatMap((loans) => [...loans]);
  }

  see(fact: LoggedFact): string | undefined {
    const loans = this.#loans.get(fact.stream) ?? new Set<LoanId>();
    switch (fact.type) {
      case 'CaseOpened':
        this.#loans.set(fact.stream, loans);
        return undefined;
      case 'ArrearsNoted':
        loans.add(fact.data.loanId);
        this.letGo.delete(fact.data.loanId);
        return undefined;
      case 'ArrearsEnded':
        return loans.delete(fact.data.loanId) ? undefined : `${fact.data.loanId} was not in the case`;
      case 'CaseClosed':
        this.#loans.delete(fact.stream);
        if (fact.data.reason === 'by-person') for (const loan of loans) this.letGo.add(loan);
        else if (loans.size > 0) return `closed as ${fact.data.reason} with ${loans.size} loans in it`;
        return undefined;
      default:
        return undefined;
    }
  }
}

export const casesFollowLoans: Invariant = {
  id: 'I-45',
  statement: 'Every loan in arrears is in an open case unless a person has closed it, and no case is open without one',
  check: () => {
    const [late, cases] = [new LateLoans(), new OpenCases()];
    return {
      see: (fact) => {
        late.see(fact);
        return cases.see(fact);
      },
      // A case follows its loan a moment later: what is not level at the end of the log is on its way.
      unfinished: () => {
        const held = new Set(cases.inCases());
        const missing = [...late.all].filter((loan) => !held.has(loan) && !cases.letGo.has(loan));
        return missing.length + [...held].filter((loan) => !late.has(loan)).length;
      },
    };
  },
};
