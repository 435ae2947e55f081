import { aggregates, type StateReader } from '../commands';
import { noticePreferencesOf } from '../domain/borrower';
import {
  addDays,
  applicationIdSchema,
  type BorrowerId,
  type BusinessDate,
  businessDateAt,
  businessDateSchema,
  instantAt,
  type LoanId,
  loanIdSchema,
  type MoneyText,
  type NoticeId,
  noticeId,
  type RateText,
  startOf,
} from '../domain/kernel';
import { ARREARS_BUCKETS, nextInstallment } from '../domain/loan';
import type { NoticeFacts, NoticeKind } from '../domain/notices';
import { adverseActionNotice } from '../risk';
import { messageOrderSchema } from './effects/message-order';
import { effect, type Fact, type HouseSaga, type Reaction } from './house-saga';

/** Something that a borrower is told of. */
interface Notice {
  readonly kind: NoticeKind;
  readonly borrowerId: BorrowerId;
  readonly about: string;
  readonly facts: NoticeFacts;
}

/** What may move the next due date, or make another one the next. */
const PLAN_FACTS = [
  'LoanDisbursed',
  'LoanAged',
  'DueDateMoved',
  'TermExtended',
  'GraceGranted',
  'LoanReAged',
  'LoanReAmortized',
] as const;
type PlanFact = Fact<(typeof PLAN_FACTS)[number]>;

/** A due date is called to mind so many days before, at this hour. */
const REMINDED_BEFORE_DAYS = 3;
const REMINDED_AT_HOUR = 10;

const show = ({ amount, currency }: MoneyText): string => `${amount} ${currency}`;
/** A share of a year as a percentage with two places; what lies beyond is left out. */
const percent = (rate: RateText): string => {
  const [whole = '', places = ''] = rate.split('.');
  const digits = `${whole}${places.padEnd(4, '0')}`;
  const at = whole.length + 2;
  return `${digits.slice(0, at).replace(/^0+(?=\d)/, '')}.${digits.slice(at, at + 2)} %`;
};

const borrowerOf = async (view: StateReader, loan: LoanId): Promise<BorrowerId | undefined> => {
  const { state } = await view.load(aggregates.loan, loan);
  return state.status === 'none' ? undefined : state.agreement.borrowerId;
};

const applicantOf = async (view: StateReader, stream: string): Promise<BorrowerId | undefined> => {
  const { state } = await view.load(aggregates.application, applicationIdSchema.parse(stream));
  return state.status === 'none' ? undefined : state.borrowerId;
};

type Told = Pick<Notice, 'kind' | 'facts'> & { readonly borrowerId: BorrowerId | undefined; readonly about?: string };

const onApplication = async (
  event: Fact<'ApplicationApproved' | 'ApplicationRejected' | 'ContractSigned'>,
  view: StateReader,
): Promise<Told> => {
  const application = event.stream;
  const borrowerId = await applicantOf(view, application);
  switch (event.type) {
    case 'ApplicationApproved': {
      const { offer, offerExpiresOn: expires } = event.data;
      const figures = { amount: show(offer.principal), installments: String(offer.installments) };
      const facts = { application, ...figures, rate: percent(offer.allInRate), expires };
      return { kind: 'application-approved', borrowerId, facts };
    }
    case 'ApplicationRejected': {
      const { reasons, decision, review } = event.data;
      const { en, zh } = adverseActionNotice({
        applicationId: application,
        on: businessDateAt(Date.parse(event.meta.bookedAt)),
        reasons,
        sources: (decision?.sources ?? []).filter(({ outcome }) => outcome === 'answered').map(({ source }) => source),
        byPerson: review !== undefined,
      });
      return { kind: 'application-rejected', borrowerId, facts: { notice: { en, 'zh-CN': zh } } };
    }
    case 'ContractSigned':
      return { kind: 'contract-signed', borrowerId, facts: { application, hash: event.data.documentHash } };
  }
};

const onLoan = async (
  event: Fact<'LoanDisbursed' | 'ArrearsBucketChanged' | 'LoanClosed'>,
  view: StateReader,
): Promise<Told | undefined> => {
  const loan = loanIdSchema.parse(event.stream);
  const borrowerId = await borrowerOf(view, loan);
  switch (event.type) {
    case 'LoanDisbursed': {
      const { amount, valueDate: on } = event.data;
      const next = nextInstallment((await view.load(aggregates.loan, loan)).state, on);
      if (next === undefined) return undefined;
      return { kind: 'loan-paid-out', borrowerId, facts: { loan, amount: show(amount), on, due: next.due } };
    }
    case 'ArrearsBucketChanged': {
      const { from, to, overdue, valueDate, daysPastDue } = event.data;
      if (ARREARS_BUCKETS.indexOf(to) <= ARREARS_BUCKETS.indexOf(from)) return undefined;
      const facts = { loan, amount: show(overdue), since: addDays(valueDate, -daysPastDue) };
      return { kind: 'installment-overdue', borrowerId, facts };
    }
    case 'LoanClosed': {
      const { reason, closedOn: on } = event.data;
      return reason === 'repaid' ? { kind: 'loan-paid-off', borrowerId, facts: { loan, on } } : undefined;
    }
  }
};

const onPromise = async (
  event: Fact<'PromiseMade' | 'PromiseBroken'>,
  view: StateReader,
): Promise<Told | undefined> => {
  const { state } = await view.load(aggregates.case, event.stream);
  const promise = state.status === 'none' ? undefined : state.promises.get(event.data.promiseId);
  if (state.status === 'none' || promise === undefined) return undefined;
  const { borrowerId } = state;
  const { loanId: loan, amount, by } = promise;
  const facts = { loan, amount: show(amount), by };
  return event.type === 'PromiseMade'
    ? { kind: 'promise-recorded', borrowerId, facts, about: loan }
    : { kind: 'promise-broken', borrowerId, facts: { ...facts, paid: show(event.data.paid) }, about: loan };
};

const toldBy = async (event: Parameters<HouseSaga['react']>[0], view: StateReader): Promise<Told | undefined> => {
  switch (event.type) {
    case 'ApplicationApproved':
    case 'ApplicationRejected':
    case 'ContractSigned':
      return onApplication(event, view);
    case 'LoanDisbursed':
    case 'ArrearsBucketChanged':
    case 'LoanClosed':
      return onLoan(event, view);
    case 'PromiseMade':
    case 'PromiseBroken':
      return onPromise(event, view);
    case 'DebitAnnounced': {
      const { loanId: loan, borrowerId, dueDate: due, amount, payer } = event.data;
      const facts = { loan, amount: show(amount), due, card: payer.lastFour };
      return { kind: 'debit-announced', borrowerId, facts, about: loan };
    }
    default:
      return undefined;
  }
};

/** A message for each channel that the borrower wants; none of what they do without, and none to who is gone. */
const messagesOf = async (notice: Notice, cause: NoticeId, view: StateReader): Promise<readonly Reaction[]> => {
  const { state } = await view.load(aggregates.borrower, notice.borrowerId);
  if (!('cards' in state)) return [];
  const { channels, without } = noticePreferencesOf(state);
  if (without.includes(notice.kind)) return [];
  return channels.map((channel) =>
    effect(`send-${channel}`, { kind: 'send-message', order: { noticeId: cause, ...notice, channel, attempt: 1 } }),
  );
};

/** Calls the next due date to mind, unless it is too near by then. */
const reminder = async (loan: LoanId, view: StateReader, after: BusinessDate): Promise<Reaction> => {
  const { state } = await view.load(aggregates.loan, loan);
  const next = nextInstallment(state, addDays(after, REMINDED_BEFORE_DAYS + 1));
  if (next === undefined) return { kind: 'cancel-deadline', name: 'remind' };
  const morning = Date.parse(startOf(addDays(next.due, -REMINDED_BEFORE_DAYS)));
  const at = instantAt(morning + REMINDED_AT_HOUR * 3_600_000);
  return { kind: 'deadline', name: 'remind', at, data: { due: next.due } };
};

const remind = async (loan: LoanId, due: BusinessDate, view: StateReader): Promise<readonly Reaction[]> => {
  const after = addDays(due, -REMINDED_BEFORE_DAYS);
  const further = await reminder(loan, view, addDays(after, 1));
  const { state } = await view.load(aggregates.loan, loan);
  const next = nextInstallment(state, due);
  if (state.status === 'none' || next?.due !== due) return [further];
  const facts = { loan, amount: show(next.amount), due };
  const notice = { kind: 'installment-due', borrowerId: state.agreement.borrowerId, about: loan, facts } as const;
  return [further, ...(await messagesOf(notice, noticeId(`${loan}-due-${due}`), view))];
};

const PLANNING: ReadonlySet<string> = new Set(PLAN_FACTS);
const isPlanFact = (event: Parameters<HouseSaga['react']>[0]): event is PlanFact => PLANNING.has(event.type);

/**
 * Tells borrowers what concerns them by the ways that they have chosen: at most one message for each event and channel.
 */
export const notices: HouseSaga = {
  name: 'notices',
  types: [
    'ApplicationApproved',
    'ApplicationRejected',
    'ContractSigned',
    'ArrearsBucketChanged',
    'LoanClosed',
    'PromiseMade',
    'PromiseBroken',
    'DebitAnnounced',
    ...PLAN_FACTS,
  ],
  key: ({ stream }) => stream,
  react: async (event, view) => {
    const today = businessDateAt(Date.parse(event.meta.bookedAt));
    const isPlanned = isPlanFact(event) && (event.type !== 'LoanAged' || event.data.fellDue.length > 0);
    const reminders = isPlanned ? [await reminder(loanIdSchema.parse(event.stream), view, today)] : [];
    const told = await toldBy(event, view);
    if (told === undefined) return reminders;
    const { kind, borrowerId, facts, about = event.stream } = told;
    if (borrowerId === undefined) return reminders;
    return [...reminders, ...(await messagesOf({ kind, borrowerId, about, facts }, noticeId(event.id), view))];
  },
  onDeadline: async ({ key, name, data }, view) =>
    name === 'remind'
      ? remind(loanIdSchema.parse(key), businessDateSchema.parse(data['due']), view)
      : [effect('send', { kind: 'send-message', order: messageOrderSchema.parse(data) })],
};
