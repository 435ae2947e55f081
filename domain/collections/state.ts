import { assert, type BorrowerId, type BusinessDate, type LoanId, type MoneyText, unreachable } from '../kernel';
import type { ArrearsBucket } from '../loan';
import type { MadeContact } from './contact-limits';
import type { CollectionsEvent, Relief } from './events';
import type { NextAction, Stage } from './strategy';

type DataOf<Type extends CollectionsEvent['type']> = Extract<CollectionsEvent, { type: Type }>['data'];

export type Contact = MadeContact & { readonly contactId: string; readonly ended: boolean };

export interface PaymentPromise {
  readonly promiseId: string;
  readonly loanId: LoanId;
  readonly amount: MoneyText;
  readonly madeOn: BusinessDate;
  readonly by: BusinessDate;
  readonly judgedOn: BusinessDate;
  readonly paidBefore: MoneyText;
  readonly status: 'pending' | 'kept' | 'broken' | 'lapsed';
}

export interface HardshipPlan {
  readonly planId: string;
  readonly loanId: LoanId;
  readonly relief: Relief;
  readonly status: 'agreed' | 'granted' | 'refused';
}

/** A loan that is in arrears. */
export interface CaseLoan {
  readonly bucket: ArrearsBucket;
  readonly pastDueSince: BusinessDate;
  readonly overdue: MoneyText;
}

/** What has been known of a borrower's arrears ever since the first. */
interface CaseFile {
  readonly borrowerId: BorrowerId;
  readonly jurisdiction: 'CN';
  /** Every contact, those of earlier arrears among them: the limits are the debtor's. */
  readonly contacts: readonly Contact[];
  readonly promises: ReadonlyMap<string, PaymentPromise>;
  readonly plans: ReadonlyMap<string, HardshipPlan>;
}

export interface OpenCase extends CaseFile {
  readonly status: 'open';
  readonly strategy: string;
  readonly loans: ReadonlyMap<LoanId, CaseLoan>;
  /** Absent only between the opening and the first stage. */
  readonly stage?: { readonly name: Stage; readonly since: BusinessDate };
  readonly owner?: string;
  readonly agency?: string;
  readonly inCourt: boolean;
  /** Nothing is done before, by the strategy: a promise is waited for, a plan is given time. */
  readonly waitsUntil?: BusinessDate;
  readonly next?: NextAction;
}

export interface ClosedCase extends CaseFile {
  readonly status: 'closed';
  readonly reason: DataOf<'CaseClosed'>['reason'];
}

export type CaseState = { readonly status: 'none' } | OpenCase | ClosedCase;

export const noCase: CaseState = { status: 'none' };

const filed = (state: CaseState, event: CollectionsEvent): OpenCase | ClosedCase => {
  assert(state.status !== 'none', () => `${event.type} of no case`);
  return state;
};

const opened = (state: CaseState, event: CollectionsEvent): OpenCase => {
  assert(state.status === 'open', () => `${event.type} while ${state.status}`);
  return state;
};

const within = <Value>(map: ReadonlyMap<string, Value>, key: string, change: (value: Value) => Value) => {
  const value = map.get(key);
  assert(value !== undefined, () => `${key} is not on file`);
  return new Map(map).set(key, change(value));
};

const withNext = (state: OpenCase, next: NextAction | undefined): OpenCase => {
  const { next: _, ...rest } = state;
  return next === undefined ? rest : { ...rest, next };
};

/** A judgement of a promise; the case may have been closed since the promise was made. */
const judged = (
  state: CaseState,
  event: Extract<CollectionsEvent, { type: 'PromiseKept' | 'PromiseBroken' | 'PromiseLapsed' }>,
  status: 'kept' | 'broken' | 'lapsed',
): CaseState => {
  const file = filed(state, event);
  const promises = within(file.promises, event.data.promiseId, (promise) => ({ ...promise, status }));
  if (file.status === 'closed') return { ...file, promises };
  const { waitsUntil: _, ...open } = file;
  return withNext({ ...open, promises }, event.data.next);
};

const openCase = (state: CaseState, { borrowerId, jurisdiction, strategy }: DataOf<'CaseOpened'>): OpenCase => {
  const { contacts, promises, plans } =
    state.status === 'none' ? { contacts: [], promises: new Map(), plans: new Map() } : state;
  const file = { borrowerId, jurisdiction, contacts, promises, plans };
  return { status: 'open', ...file, strategy, loans: new Map(), inCourt: false };
};

export const evolve = (state: CaseState, event: CollectionsEvent): CaseState => {
  switch (event.type) {
    case 'CaseOpened':
      return openCase(state, event.data);
    case 'ArrearsNoted': {
      const { loanId, bucket, pastDueSince, overdue } = event.data;
      const open = opened(state, event);
      return { ...open, loans: new Map(open.loans).set(loanId, { bucket, pastDueSince, overdue }) };
    }
    case 'ArrearsEnded': {
      const open = opened(state, event);
      const loans = new Map(open.loans);
      loans.delete(event.data.loanId);
      return { ...open, loans };
    }
    case 'StageEntered': {
      const { stage: name, on: since, next } = event.data;
      return withNext({ ...opened(state, event), stage: { name, since } }, next);
    }
    case 'CaseClaimed':
      return { ...opened(state, event), owner: event.data.owner };
    case 'CaseReleased': {
      const { owner: _, ...open } = opened(state, event);
      return open;
    }
    case 'ContactAttempted': {
      const { contactId, means, at, next } = event.data;
      const open = opened(state, event);
      return withNext({ ...open, contacts: [...open.contacts, { contactId, means, at, ended: false }] }, next);
    }
    case 'ContactEnded': {
      const file = filed(state, event);
      const { contactId } = event.data;
      const contacts = file.contacts.map((each) => (each.contactId === contactId ? { ...each, ended: true } : each));
      return { ...file, contacts };
    }
    case 'PromiseMade': {
      const { next, ...promise } = event.data;
      const open = opened(state, event);
      const promises = new Map(open.promises).set(promise.promiseId, { ...promise, status: 'pending' });
      return withNext({ ...open, promises, waitsUntil: promise.judgedOn }, next);
    }
    case 'PromiseKept':
      return judged(state, event, 'kept');
    case 'PromiseBroken':
      return judged(state, event, 'broken');
    case 'PromiseLapsed':
      return judged(state, event, 'lapsed');
    case 'HardshipAgreed': {
      const { planId, loanId, relief } = event.data;
      const open = opened(state, event);
      return { ...open, plans: new Map(open.plans).set(planId, { planId, loanId, relief, status: 'agreed' }) };
    }
    case 'HardshipGranted': {
      const file = filed(state, event);
      const plans = within(file.plans, event.data.planId, (plan) => ({ ...plan, status: 'granted' as const }));
      const { quietUntil: waitsUntil, next } = event.data;
      return file.status === 'closed' ? { ...file, plans } : withNext({ ...file, plans, waitsUntil }, next);
    }
    case 'HardshipRefused': {
      const file = filed(state, event);
      const plans = within(file.plans, event.data.planId, (plan) => ({ ...plan, status: 'refused' as const }));
      return { ...file, plans };
    }
    case 'CaseHandedOver': {
      const { owner: _, ...open } = opened(state, event);
      return withNext({ ...open, agency: event.data.agency }, undefined);
    }
    case 'CaseTakenBack': {
      const { agency: _, ...open } = opened(state, event);
      return withNext(open, event.data.next);
    }
    case 'LegalStepTaken':
      return withNext({ ...opened(state, event), inCourt: true }, undefined);
    case 'CaseClosed': {
      const { borrowerId, jurisdiction, contacts, promises, plans } = opened(state, event);
      return { status: 'closed', borrowerId, jurisdiction, contacts, promises, plans, reason: event.data.reason };
    }
    default:
      return unreachable(event);
  }
};
