import type { CollectionsEvent, NextAction, Stage } from '../domain/collections';
import { type MoneyText, parseMoney } from '../domain/kernel';
import { ARREARS_BUCKETS, type ArrearsBucket } from '../domain/loan';
import { type Fact, type HouseProjection, plus } from './house-projection';

type DataOf<Type extends CollectionsEvent['type']> = Extract<CollectionsEvent, { type: Type }>['data'];

/** Where a case is: in a stage of its strategy, with an agency, or in court. */
export const CASE_STAGES = ['early', 'middle', 'late', 'final', 'agency', 'court'] as const;

export interface CaseDoc {
  readonly id: string;
  readonly borrowerId: string;
  readonly status: 'open' | 'closed';
  readonly stage: (typeof CASE_STAGES)[number];
  /** That of its strategy, whoever has the case. */
  readonly ownStage: Stage;
  readonly strategy: string;
  /** Of the loan that is latest. */
  readonly bucket: ArrearsBucket;
  /** Of all its loans in the currency of the first. */
  readonly overdue: MoneyText;
  readonly loans: readonly Omit<DataOf<'ArrearsNoted'>, 'on'>[];
  readonly openedOn: string;
  readonly closedOn?: string;
  readonly closedFor?: DataOf<'CaseClosed'>['reason'];
  readonly closedBecause?: string;
  readonly owner?: string;
  readonly agency?: string;
  readonly next?: NextAction;
  readonly contacts: readonly (Pick<DataOf<'ContactAttempted'>, 'contactId' | 'means' | 'at' | 'by' | 'agency'> & {
    readonly result?: DataOf<'ContactEnded'>['result'];
  })[];
  readonly promises: readonly (Omit<DataOf<'PromiseMade'>, 'next' | 'judgedOn' | 'paidBefore'> & {
    readonly status: 'pending' | 'kept' | 'broken' | 'lapsed';
    readonly paid?: MoneyText;
  })[];
  readonly plans: readonly (Pick<DataOf<'HardshipAgreed'>, 'planId' | 'loanId' | 'relief' | 'agreedOn'> & {
    readonly status: 'agreed' | 'granted' | 'refused';
  })[];
  readonly legal: readonly DataOf<'LegalStepTaken'>[];
}

const withNext = (doc: CaseDoc, next: NextAction | undefined): CaseDoc => {
  const { next: _, ...rest } = doc;
  return next === undefined ? rest : { ...rest, next };
};

const withLoans = (doc: CaseDoc, loans: CaseDoc['loans']): CaseDoc => {
  const [first, ...others] = loans;
  if (first === undefined) return { ...doc, loans };
  const same = others.filter(({ overdue }) => overdue.currency === first.overdue.currency);
  const overdue = same.reduce((sum, loan) => plus(sum, loan.overdue), first.overdue);
  const bucket = ARREARS_BUCKETS.findLast((each) => loans.some((loan) => loan.bucket === each)) ?? first.bucket;
  return { ...doc, loans, overdue, bucket };
};

const changed = <Item, Key extends keyof Item>(
  items: readonly Item[],
  key: Key,
  value: Item[Key],
  change: Partial<Item>,
): readonly Item[] => items.map((item) => (item[key] === value ? { ...item, ...change } : item));

const JUDGED = { PromiseKept: 'kept', PromiseBroken: 'broken', PromiseLapsed: 'lapsed' } as const;

const foldWork = (doc: CaseDoc, event: Fact): CaseDoc => {
  switch (event.type) {
    case 'ContactAttempted': {
      const { next, ...contact } = event.data;
      return withNext({ ...doc, contacts: [...doc.contacts, contact] }, next);
    }
    case 'ContactEnded': {
      const { contactId, result } = event.data;
      return { ...doc, contacts: changed(doc.contacts, 'contactId', contactId, { result }) };
    }
    case 'PromiseMade': {
      const { next, judgedOn: _judgedOn, paidBefore: _paidBefore, ...promise } = event.data;
      return withNext({ ...doc, promises: [...doc.promises, { ...promise, status: 'pending' }] }, next);
    }
    case 'PromiseKept':
    case 'PromiseBroken':
    case 'PromiseLapsed': {
      const { promiseId, paid, next } = event.data;
      const promises = changed(doc.promises, 'promiseId', promiseId, { status: JUDGED[event.type], paid });
      return doc.status === 'open' ? withNext({ ...doc, promises }, next) : { ...doc, promises };
    }
    case 'HardshipAgreed':
      return { ...doc, plans: [...doc.plans, { ...event.data, status: 'agreed' }] };
    case 'HardshipGranted': {
      const plans = changed(doc.plans, 'planId', event.data.planId, { status: 'granted' });
      return doc.status === 'open' ? withNext({ ...doc, plans }, event.data.next) : { ...doc, plans };
    }
    case 'HardshipRefused':
      return { ...doc, plans: changed(doc.plans, 'planId', event.data.planId, { status: 'refused' }) };
    default:
      return doc;
  }
};

const foldCase = (doc: CaseDoc, event: Fact): CaseDoc => {
  switch (event.type) {
    case 'ArrearsNoted': {
      const { on: _, ...loan } = event.data;
      const known = doc.loans.some(({ loanId }) => loanId === loan.loanId);
      return withLoans(doc, known ? changed(doc.loans, 'loanId', loan.loanId, loan) : [...doc.loans, loan]);
    }
    case 'ArrearsEnded':
      return withLoans(
        doc,
        doc.loans.filter(({ loanId }) => loanId !== event.data.loanId),
      );
    case 'StageEntered': {
      const { stage: ownStage, next } = event.data;
      const stage = doc.stage === 'agency' || doc.stage === 'court' ? doc.stage : ownStage;
      return withNext({ ...doc, ownStage, stage }, next);
    }
    case 'CaseClaimed':
      return { ...doc, owner: event.data.owner };
    case 'CaseReleased': {
      const { owner: _, ...rest } = doc;
      return rest;
    }
    case 'CaseHandedOver': {
      const { owner: _, ...rest } = doc;
      return withNext({ ...rest, stage: 'agency', agency: event.data.agency }, undefined);
    }
    case 'CaseTakenBack': {
      const { agency: _, ...rest } = doc;
      const stage = doc.stage === 'court' ? doc.stage : doc.ownStage;
      return withNext({ ...rest, stage }, event.data.next);
    }
    case 'LegalStepTaken':
      return withNext({ ...doc, stage: 'court', legal: [...doc.legal, event.data] }, undefined);
    case 'CaseClosed': {
      const { reason: closedFor, because, closedOn } = event.data;
      const { owner: _owner, agency: _agency, ...rest } = withNext(doc, undefined);
      const why = because === undefined ? {} : { closedBecause: because };
      return { ...rest, status: 'closed', closedOn, closedFor, ...why };
    }
    default:
      return foldWork(doc, event);
  }
};

const NEVER = '9999-12-31';
const due = ({ next }: CaseDoc): string => next?.on ?? NEVER;
const isOpen = ({ status }: CaseDoc): boolean => status === 'open';
/** Sorts as the amount does. */
const owed = ({ overdue }: CaseDoc): string => String(parseMoney(overdue).minor).padStart(18, '0');

/** The worklist of collections: each borrower's case as it stands, by what is to be done next. */
export const cases: HouseProjection<CaseDoc> = {
  name: 'cases',
  version: 1,
  categories: ['case'],
  indexes: {
    byNext: (doc) => (isOpen(doc) ? [due(doc), doc.id] : undefined),
    byStage: (doc) => (isOpen(doc) ? [doc.stage, due(doc), doc.id] : undefined),
    byBucket: (doc) => (isOpen(doc) ? [doc.bucket, due(doc), doc.id] : undefined),
    byOwner: (doc) => (isOpen(doc) && doc.owner !== undefined ? [doc.owner, due(doc), doc.id] : undefined),
    byOverdue: (doc) => (isOpen(doc) ? [owed(doc), doc.id] : undefined),
  },
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    if (event.type !== 'CaseOpened') return doc && foldCase(doc, event);
    const { borrowerId, strategy, openedOn } = event.data;
    const { contacts, promises, plans } = doc ?? { contacts: [], promises: [], plans: [] };
    return {
      ...{ id: key, borrowerId, status: 'open', stage: 'early', ownStage: 'early', strategy, bucket: 'current' },
      ...{ overdue: { amount: '0.00', currency: 'CNY' }, loans: [], openedOn, contacts, promises, plans, legal: [] },
    };
  },
};
