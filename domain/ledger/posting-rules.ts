import type { AccrualEvent, Accrued } from '../accrual';
import type { Holder } from '../custody';
import type { Flow, InstructionEvent } from '../instruction';
import {
  accrualIdSchema,
  accrualLedgerId,
  type BusinessDate,
  type Currency,
  custodyInstructionIdSchema,
  custodyLedgerId,
  formatMoney,
  isZero,
  keyOf,
  type LedgerId,
  ledgerId,
  ledgerIdSchema,
  loanIdSchema,
  type MoneyText,
  moneyOf,
  parseMoney,
  receiptIdSchema,
  receiptLedgerId,
  reconciliationIdSchema,
} from '../kernel';
import { type BookRole, type LoanEvent, type Journal as LoanJournal, linesOf } from '../loan';
import type { PayoutEvent } from '../payout';
import type { ReceiptEvent } from '../receipt';
import type { ReconciliationEvent, SettlingAction } from '../reconciliation';
import type { RepaymentEvent } from '../repayment';
import type { AccountCode } from './accounts';
import type { Entry, Posting } from './events';

/** A recorded fact, as far as bookkeeping needs it. */
export interface Recorded {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  readonly data: object;
}

/** Every event of the aggregates that money moves in. Each has its line in the table, also those that move none. */
type MoneyEvent =
  | LoanEvent
  | PayoutEvent
  | RepaymentEvent
  | ReceiptEvent
  | ReconciliationEvent
  | AccrualEvent
  | InstructionEvent;
type MoneyEventType = MoneyEvent['type'];
type DataByType = { readonly [Type in MoneyEventType]: Extract<MoneyEvent, { type: Type }>['data'] };

interface Journal {
  readonly valueDate: BusinessDate;
  /** The date in whose books it belongs, where that is not the day on which it is booked. */
  readonly bookOn?: BusinessDate;
  readonly postings: readonly Posting[];
}

type Rules = { readonly [Type in MoneyEventType]: (data: DataByType[Type]) => Journal | undefined };

/** Where what a loan's money can be stands in the chart of accounts. */
export const ACCOUNT_OF: Readonly<Record<BookRole, AccountCode>> = {
  'principal-receivable': '1101',
  'interest-receivable': '1102',
  'fee-receivable': '1103',
  'penalty-receivable': '1104',
  overpayments: '2003',
  'deferred-income': '2004',
  'suspended-interest': '2201',
  'paid-out': '1001',
  received: '2002',
  'interest-income': '4001',
  'fee-income': '4002',
  'penalty-income': '4003',
  'recovery-income': '4004',
  'write-off-expense': '5001',
  'goodwill-expense': '5003',
  'charge-off-expense': '5004',
};

/** What a fact of a loan is in the books was written down with it, by role. */
interface Booked {
  readonly valueDate: BusinessDate;
  readonly journal: LoanJournal;
  readonly outstanding: MoneyText;
}

const asRecorded = ({ valueDate, journal: booked, outstanding: { currency } }: Booked): Journal => ({
  valueDate,
  postings: linesOf(booked).map(({ role, side, amount }) => ({
    account: ACCOUNT_OF[role],
    side,
    amount: { amount, currency },
  })),
});

/** Where the difference of a break goes; undefined where another fact books it: a settlement, a reversing entry. */
const SETTLED_BY: Readonly<Record<SettlingAction, AccountCode | undefined>> = {
  'confirm-settled': undefined,
  'correct-amount': undefined,
  'book-suspense': '2101',
  'return-double-payment': '2101',
  'claim-from-channel': '1301',
  'write-off-fee': '5002',
};

const debit = (account: AccountCode, amount: MoneyText): Posting => ({ account, side: 'debit', amount });
const credit = (account: AccountCode, amount: MoneyText): Posting => ({ account, side: 'credit', amount });
const journal = (valueDate: BusinessDate, ...postings: readonly Posting[]): Journal => ({ valueDate, postings });
const nothing = (): undefined => undefined;

/** An amount above zero is a debit, one below zero a credit. */
const signed = (account: AccountCode, minor: bigint, currency: Currency): Posting =>
  (minor < 0n ? credit : debit)(account, formatMoney(moneyOf(minor < 0n ? -minor : minor, currency)));

/** Interest that is earned is income, or suspended; more fell due than was earned where the change is below zero. */
const accruing = ({ accrued, suspended }: Readonly<Record<keyof Accrued, bigint>>, currency: Currency) => [
  signed('1105', accrued, currency),
  signed('2201', -suspended, currency),
  signed('4001', suspended - accrued, currency),
];

/** What a business date has changed; what late facts have changed of the dates before it stands by itself. */
const asAccrued = ({ valueDate, currency, change, restated }: DataByType['InterestAccrued']): Journal => {
  const minor = (amount: MoneyText): bigint => parseMoney(amount).minor;
  const late = { accrued: minor(restated.accrued), suspended: minor(restated.suspended) };
  const ofTheDay = {
    accrued: minor(change.accrued) - late.accrued,
    suspended: minor(change.suspended) - late.suspended,
  };
  return {
    ...journal(valueDate, ...accruing(ofTheDay, currency), ...accruing(late, currency)),
    bookOn: valueDate,
  };
};

/** Whose money it is, and where at the bank it lies. */
const HELD: Readonly<Record<Holder, { readonly money: AccountCode; readonly cash: AccountCode }>> = {
  house: { money: '3001', cash: '1001' },
  client: { money: '2301', cash: '1002' },
};

/** As long as nobody knows what became of an instruction, what it may have moved is on its way. */
const onItsWay = (amount: MoneyText): readonly Posting[] => [debit('1202', amount), credit('2005', amount)];
const noLongerOnItsWay = (amount: MoneyText): readonly Posting[] => [debit('2005', amount), credit('1202', amount)];

/** Each side's money leaves or enters by that side's account in custody. */
const moved = ({ amount, from, to }: Flow): readonly Posting[] => [
  ...(from ? [debit(HELD[from].money, amount), credit(HELD[from].cash, amount)] : []),
  ...(to ? [debit(HELD[to].cash, amount), credit(HELD[to].money, amount)] : []),
];

/** What each financial event does to the books: the one place where that is said. */
const RULES: Rules = {
  PayoutRequested: nothing,
  PayoutSubmitted: ({ valueDate, amount }) => journal(valueDate, debit('1201', amount), credit('2001', amount)),
  PayoutUnknown: nothing,
  PayoutEscalated: nothing,
  PayoutSettled: ({ valueDate, amount }) => journal(valueDate, debit('2001', amount), credit('1201', amount)),
  PayoutFailed: ({ valueDate, amount }) => journal(valueDate, debit('2001', amount), credit('1201', amount)),

  LoanOpened: nothing,
  LoanDisbursed: asRecorded,
  TrancheRequested: nothing,
  TrancheReleased: nothing,
  LoanAged: asRecorded,
  ArrearsBucketChanged: nothing,
  RepaymentApplied: asRecorded,
  CreditApplied: asRecorded,
  CreditBalanceRefunded: asRecorded,
  ChargeAdded: asRecorded,
  ChargeWaived: asRecorded,
  ChargeAdjusted: asRecorded,
  RepaymentChargedBack: asRecorded,
  RateChanged: asRecorded,
  DueDateMoved: asRecorded,
  TermExtended: asRecorded,
  GraceGranted: asRecorded,
  LoanReAged: asRecorded,
  LoanReAmortized: asRecorded,
  InterestPaused: asRecorded,
  LoanChargedOff: asRecorded,
  LoanWrittenOff: asRecorded,
  ContractTerminated: asRecorded,
  LoanSettled: asRecorded,
  FactReversed: asRecorded,
  LoanClosed: nothing,
  LoanReopened: nothing,
  LoanCancelled: nothing,

  RepaymentInitiated: nothing,
  RepaymentUnknown: nothing,
  RepaymentEscalated: nothing,
  RepaymentFailed: nothing,
  RepaymentSettled: ({ valueDate, amount }) => journal(valueDate, debit('1001', amount), credit('2002', amount)),
  RepaymentAllocated: nothing,
  RepaymentReceived: nothing,

  ReceiptRecorded: ({ valueDate, amount }) => journal(valueDate, debit('1001', amount), credit('2101', amount)),
  ReceiptAssigned: ({ valueDate, amount }) => journal(valueDate, debit('2101', amount), credit('2002', amount)),
  ReceiptRefundRequested: nothing,
  ReceiptRefundApproved: nothing,
  ReceiptRefunded: ({ valueDate, amount }) => journal(valueDate, debit('2101', amount), credit('1001', amount)),
  ReceiptRefundFailed: nothing,

  StatementImported: nothing,
  MovementsMatched: ({ valueDate, fees }) => valueDate && journal(valueDate, ...cashAsStated('5002', fees)),
  BreakOpened: nothing,
  BreakAssigned: nothing,
  BreakExplained: nothing,
  BreakResolved: ({ valueDate, action, difference }) => {
    const account = SETTLED_BY[action];
    return account === undefined ? undefined : journal(valueDate, ...cashAsStated(account, difference));
  },
  ReconciliationClosed: nothing,

  InterestAccrued: asAccrued,

  CustodyInstructionRequested: nothing,
  CustodyInstructionApproved: nothing,
  CustodyInstructionCancelled: nothing,
  CustodyInstructionSubmitted: ({ valueDate, flow }) => flow && journal(valueDate, ...onItsWay(flow.amount)),
  CustodyInstructionSettled: ({ valueDate, flow }) =>
    flow && journal(valueDate, ...noLongerOnItsWay(flow.amount), ...moved(flow)),
  CustodyInstructionFailed: ({ valueDate, flow }) => flow && journal(valueDate, ...noLongerOnItsWay(flow.amount)),
  CustodyInstructionUnknown: nothing,
  CustodyInstructionEscalated: nothing,
};

/** The types of the events that book something. */
export const FINANCIAL_EVENTS: readonly MoneyEventType[] = (Object.keys(RULES) as MoneyEventType[]).filter(
  (type) => RULES[type] !== nothing,
);

/** Cash becomes what the statement says: less where we had too much (above zero), more where we had too little. */
const cashAsStated = (account: AccountCode, difference: MoneyText): readonly Posting[] => {
  const { minor, currency } = parseMoney(difference);
  const amount = formatMoney(moneyOf(minor < 0n ? -minor : minor, currency));
  return minor < 0n
    ? [debit('1001', amount), credit(account, amount)]
    : [debit(account, amount), credit('1001', amount)];
};

/** The event log has checked the data against the schema of its type, so the type decides. */
const isMoneyEvent = (event: Recorded): event is Recorded & MoneyEvent => Object.hasOwn(RULES, event.type);

const journalOf = <Type extends MoneyEventType>(type: Type, data: DataByType[Type]): Journal | undefined =>
  RULES[type](data);

/**
 * The journal entry that a recorded fact causes, or undefined when it moves no money. Its id is the fact's own, so that
 * the same cause books once. Postings of nothing are left out.
 */
export const entryFor = (recorded: Recorded): Entry | undefined => {
  if (!isMoneyEvent(recorded)) return undefined;
  const { id, stream, type, data } = recorded;
  const booked = journalOf(type, data);
  const postings = booked?.postings.filter(({ amount }) => !isZero(parseMoney(amount))) ?? [];
  if (booked === undefined || postings.length === 0) return undefined;
  return { entryId: id, cause: { eventId: id, type, stream }, valueDate: booked.valueDate, postings };
};

/**
 * The date in whose books a recorded fact belongs, as long as they are open; undefined for the books of the day on
 * which it is booked.
 */
export const bookDateFor = (recorded: Recorded): BusinessDate | undefined =>
  isMoneyEvent(recorded) ? journalOf(recorded.type, recorded.data)?.bookOn : undefined;

/**
 * The books that a fact belongs in: those of its loan, of its reconciliation where a break is nobody's loan, of its
 * instruction to the custody bank, of the receipt that is not assigned yet, or of the day of a register. Undefined for
 * facts that move no money.
 */
export const ledgerIdFor = (recorded: Recorded): LedgerId | undefined => {
  if (!isMoneyEvent(recorded)) return undefined;
  const register = accrualIdSchema.safeParse(recorded.stream);
  if (register.success && 'valueDate' in recorded.data && recorded.data.valueDate !== undefined) {
    return accrualLedgerId(register.data, recorded.data.valueDate);
  }
  const reconciled = reconciliationIdSchema.safeParse(recorded.stream);
  if (reconciled.success) return ledgerIdSchema.parse(`ledger-${keyOf(reconciled.data)}`);
  const instruction = custodyInstructionIdSchema.safeParse(recorded.stream);
  if (instruction.success) return custodyLedgerId(instruction.data);
  const receipt = receiptIdSchema.safeParse(recorded.stream);
  if (receipt.success && !('loanId' in recorded.data)) return receiptLedgerId(receipt.data);
  return ledgerId('loanId' in recorded.data ? recorded.data.loanId : loanIdSchema.parse(recorded.stream));
};
