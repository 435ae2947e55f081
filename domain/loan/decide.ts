import {
  assert,
  type BusinessDate,
  compareRates,
  formatMoney,
  isPositive,
  type MoneyText,
  moneyOf,
  parseMoney,
  type Refusal,
  refuse,
  unreachable,
} from '../kernel';
import type { LoanAccount } from '../schedule';
import { emptyAccount, type FactText, knownOn } from './account';
import { agedTo, agingEvents } from './aging';
import { bucketChanges } from './arrears';
import { dearerThanAllowed } from './cap';
import type { LoanCommand, LoanCommandOf } from './commands';
import { drawTranche, flawOfPayout, releaseTranche } from './drawing';
import type { LoanEvent } from './events';
import { formatPortions, portionsOf, totalOf } from './portions';
import { type Happened, type Recorded, recordingOf } from './record';
import { isServicing, type Servicing, servicingOf } from './servicing';
import { flawOfServicing } from './servicing-flaws';
import { currencyOf, disbursedOn, endedOn, factId, isGivenUp, type LentLoan, type LoanState } from './state';

type Outcome = readonly LoanEvent[] | Refusal;

/** The life of a loan: opened by a contract, lent with its first payout, closed when nothing is owed. */
export const decide = (command: LoanCommand, state: LoanState): Outcome => {
  switch (command.type) {
    case 'OpenLoan':
      return open(command, state);
    case 'CancelLoan':
      return cancel(command, state);
    case 'DisburseLoan':
      return disburse(command, state);
    case 'DrawTranche':
      return drawTranche(command, state);
    case 'ReleaseTranche':
      return releaseTranche(command, state);
    case 'AgeLoan':
    case 'ApplyRepayment':
    case 'WriteOffLoan':
      return state.status === 'lent' ? decideLent(command, state) : notLent(command.data.loanId, state, command.type);
    default:
      if (!isServicing(command)) return unreachable(command);
      return state.status === 'lent' ? service(command, state) : notLent(command.data.loanId, state, command.type);
  }
};

const decideLent = (
  command: LoanCommandOf<'AgeLoan'> | LoanCommandOf<'ApplyRepayment'> | LoanCommandOf<'WriteOffLoan'>,
  loan: LentLoan,
): Outcome => {
  switch (command.type) {
    case 'AgeLoan':
      return age(command, loan);
    case 'ApplyRepayment':
      return applyRepayment(command, loan);
    case 'WriteOffLoan':
      return writeOff(command, loan);
    default:
      return unreachable(command);
  }
};

const notFound = (loanId: string): Refusal => refuse('NOT_FOUND', `there is no ${loanId}`);

/** Time changes lent loans alone: a deadline that fires before or after finds nothing to do. */
const notLent = (loanId: string, state: Exclude<LoanState, LentLoan>, type: LoanCommand['type']): Outcome => {
  if (state.status === 'none') return notFound(loanId);
  return type === 'AgeLoan' ? [] : refuse('LOAN_NOT_ACTIVE', `${loanId} is ${state.status}: nothing was ever owed`);
};

const open = ({ data, facts: { cap }, businessDate }: LoanCommandOf<'OpenLoan'>, state: LoanState): Outcome => {
  const { loanId, contract, ...agreement } = data;
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${loanId} is ${state.status}`);
  const { schedule, ...signed } = contract;
  const { allInRate } = contract;
  if (compareRates(allInRate, cap) > 0) {
    return refuse('CAP_EXCEEDED', `the contract costs ${allInRate} a year in all, the cap is ${cap}`);
  }
  return [
    {
      type: 'LoanOpened',
      data: { ...agreement, contract: { ...signed, quotedFor: schedule.disbursedOn }, cap, openedOn: businessDate },
    },
  ];
};

const cancel = ({ data: { loanId, reason } }: LoanCommandOf<'CancelLoan'>, state: LoanState): Outcome => {
  switch (state.status) {
    case 'none':
      return notFound(loanId);
    case 'opened':
      return [{ type: 'LoanCancelled', data: { reason } }];
    case 'cancelled':
      return [];
    case 'lent':
      return refuse('WRONG_STATUS', `${loanId} was disbursed on ${disbursedOn(state)}`);
    default:
      return unreachable(state);
  }
};

/**
 * A payout becomes debt. The first one books the plan that the signed terms make on the day of the payout; further ones
 * are tranches, in all up to what was agreed.
 */
const disburse = ({ data, businessDate }: LoanCommandOf<'DisburseLoan'>, state: LoanState): Outcome => {
  const { loanId, payoutId, amount, settledOn: valueDate, channel } = data;
  if (state.status === 'none') return notFound(loanId);
  if (state.status === 'cancelled') return refuse('WRONG_STATUS', `${loanId} is cancelled`);
  if (state.status === 'lent' && state.payouts.includes(payoutId)) return [];
  const flaw = flawOfPayout(state, amount) ?? outside(state.agreement.openedOn, valueDate, businessDate);
  if (flaw) return flaw;
  const fact: FactText = {
    id: factId(state.status === 'lent' ? state : { facts: [] }, payoutId),
    kind: 'disbursement',
    ...knownOn(businessDate, valueDate),
    amount: amount.amount,
  };
  const tranche = state.status === 'lent' ? state.payouts.length + 1 : undefined;
  const booked = (recorded: Recorded): LoanEvent => ({
    type: 'LoanDisbursed',
    data: { payoutId, amount, channel, fact, ...recorded, ...(tranche !== undefined && { tranche }) },
  });
  if (state.status === 'lent') return record(state, { fact, valueDate }, businessDate, booked);
  const unlent = { agreement: state.agreement, facts: [], account: emptyAccount };
  const { after, recorded } = recordingOf(unlent, { fact, valueDate }, valueDate);
  return dearerThanAllowed(state, after) ?? [booked(recorded)];
};

const outside = (least: BusinessDate, valueDate: BusinessDate, today: BusinessDate): Refusal | undefined =>
  least <= valueDate && valueDate <= today
    ? undefined
    : refuse('VALUE_DATE_INVALID', `${valueDate} does not lie between ${least} and ${today}`);

/**
 * Records a fact: brings the loan up to today, replays it with the fact, and says what that changes. A fact of an
 * earlier day restates what came after it; the difference is booked now.
 */
const record = (
  loan: LentLoan,
  happens: Happened,
  today: BusinessDate,
  event: (recorded: Recorded, after: LoanAccount) => LoanEvent,
): Outcome => {
  const { loan: aged, events } = agedTo(loan, today);
  const asOf = later(today, aged.agedThrough);
  const { after, recorded } = recordingOf(aged, happens, asOf);
  const dear = NEW_CONDITIONS.has(happens.fact.kind) ? dearerThanAllowed(aged, after, aged.account) : undefined;
  if (dear) return dear;
  if (!isPlanned(after)) return refuse('PLAN_IMPOSSIBLE', 'some installment would be of less than nothing');
  const happened = event(recorded, after);
  return [...events, happened, ...consequences({ ...aged, account: after, agedThrough: asOf }, happened, today)];
};

const later = (one: BusinessDate, other: BusinessDate): BusinessDate => (one > other ? one : other);

/** Dates and amounts that fit no plan lead to installments of less than nothing. */
const isPlanned = ({ installments }: LoanAccount): boolean =>
  installments.every(
    ({ owed, balance }) =>
      balance >= 0n && owed.principal >= 0n && owed.interest >= 0n && owed.fee >= 0n && owed.penalty >= 0n,
  );

/** Facts that set new conditions. Paying late or early, or ending the contract, is none, whatever it comes to. */
const NEW_CONDITIONS: ReadonlySet<FactText['kind']> = new Set<FactText['kind']>([
  'disbursement',
  'charge',
  'rate-change',
  'due-date-move',
  'extra-installments',
  'grace',
  're-age',
  're-amortize',
]);

/** What follows from a fact: another arrears bucket, the end of the loan, or its return. */
const consequences = (after: LentLoan, happened: LoanEvent, today: BusinessDate): readonly LoanEvent[] => {
  const ended = hasEnded(after.account);
  const reason = happened.type === 'LoanSettled' ? 'settled' : 'repaid';
  return [
    ...bucketChanges(after, after.agedThrough),
    ...(ended && after.closedOn === undefined
      ? [{ type: 'LoanClosed', data: { reason, closedOn: endedOn(after.account) ?? today } } as const]
      : []),
    ...(!ended && after.closedOn !== undefined ? [{ type: 'LoanReopened', data: { reopenedOn: today } } as const] : []),
  ];
};

/** Debt that the lender alone gave up does not end a loan: what comes in for it still counts. A settlement ends it. */
const hasEnded = ({ status, outstanding }: LoanAccount): boolean =>
  status === 'closed' || status === 'overpaid' || (status === 'settled' && totalOf(outstanding) === 0n);

const age = ({ data, businessDate }: LoanCommandOf<'AgeLoan'>, loan: LentLoan): Outcome => {
  const { asOf } = data;
  if (asOf > businessDate) return refuse('VALUE_DATE_INVALID', `${asOf} has not come: today is ${businessDate}`);
  return loan.closedOn === undefined ? agingEvents(loan, asOf) : [];
};

/** Takes a settled repayment into the loan. More than what is owed is held for the borrower. */
const applyRepayment = ({ data, businessDate }: LoanCommandOf<'ApplyRepayment'>, loan: LentLoan): Outcome => {
  const { repaymentId, amount, valueDate } = data;
  if (loan.applied.includes(repaymentId)) return [];
  const flaw = flawOfAmount(loan, amount) ?? outside(disbursedOn(loan), valueDate, businessDate);
  if (flaw) return flaw;
  const fact: FactText = {
    id: factId(loan, repaymentId),
    kind: 'credit',
    // What comes in after the debt was given up is a recovery: its day says so, whenever either becomes known.
    credit: 'repayment',
    ...knownOn(businessDate, valueDate),
    amount: amount.amount,
  };
  return record(loan, { fact, valueDate }, businessDate, (recorded, after) => {
    const taken = after.transactions.find(({ fact: id }) => id === fact.id);
    assert(taken !== undefined, () => `${repaymentId} led to nothing`);
    const { currency } = amount;
    return {
      type: 'RepaymentApplied',
      data: {
        fact,
        ...recorded,
        repaymentId,
        amount,
        totals: formatPortions(portionsOf(taken.parts, currency)),
        unapplied: formatMoney(moneyOf(taken.overpaid, currency)),
        recovered: formatMoney(moneyOf(taken.amount - totalOf(taken.parts) - taken.overpaid, currency)),
      },
    };
  });
};

const flawOfAmount = (loan: LentLoan, amount: MoneyText): Refusal | undefined => {
  const currency = currencyOf(loan);
  if (amount.currency !== currency) return refuse('CURRENCY_MISMATCH', `the loan is in ${currency}`);
  return isPositive(parseMoney(amount))
    ? undefined
    : refuse('AMOUNT_NOT_POSITIVE', `an amount of ${amount.amount} ${currency}`);
};

/** Gives up what is owed. */
const writeOff = ({ id, data, businessDate }: LoanCommandOf<'WriteOffLoan'>, loan: LentLoan): Outcome => {
  if (isGivenUp(loan)) return [];
  if (loan.closedOn !== undefined) return refuse('LOAN_NOT_ACTIVE', `${data.loanId} is closed`);
  const fact: FactText = { id: factId(loan, id), kind: 'write-off' };
  return record(loan, { fact, valueDate: businessDate }, businessDate, (recorded, after) => {
    const given = after.transactions.find(({ fact: of }) => of === fact.id);
    const parts = given?.parts ?? { principal: 0n, interest: 0n, fee: 0n, penalty: 0n };
    const amounts = formatPortions(portionsOf(parts, currencyOf(loan)));
    return {
      type: 'LoanWrittenOff',
      data: { fact, ...recorded, amounts, reason: data.reason },
    };
  });
};

/** Everything else that the staff can do to a lent loan: one fact each. */
const service = (command: Servicing, loan: LentLoan): Outcome => {
  const flaw =
    ('amount' in command.data ? flawOfAmount(loan, command.data.amount) : undefined) ??
    outside(disbursedOn(loan), command.data.valueDate, command.businessDate) ??
    flawOfServicing(command, loan);
  if (flaw) return flaw;
  const { fact, event } = servicingOf(command, loan);
  const { valueDate } = command.data;
  return record(loan, { fact, valueDate }, command.businessDate, (recorded) => ({
    type: event,
    data: { fact, ...recorded },
  }));
};
