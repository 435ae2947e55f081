import type { RoutingDecision } from '../channel';
import {
  assert,
  compareMoney,
  isPositive,
  isRefusal,
  type MoneyText,
  parseMoney,
  type Refusal,
  refuse,
  sumMoney,
  unreachable,
} from '../kernel';
import { type Payee, PORTIONS } from '../loan';
import type { DebitStanding } from '../mandate';
import { weighAnswer } from '../payout';
import type { RepaymentCommand } from './commands';
import type { RepaymentEvent } from './events';
import type { RepaymentState } from './state';

type CommandOfType<Type extends RepaymentCommand['type']> = Extract<RepaymentCommand, { type: Type }>;
type Outcome = readonly RepaymentEvent[] | Refusal;

/** Money in: asked for once, never taken on a guess, and once it has settled given to the loan exactly once. */
export const decide = (command: RepaymentCommand, state: RepaymentState): Outcome => {
  switch (command.type) {
    case 'InitiateRepayment':
      return initiate(command, state);
    case 'ReceiveRepayment':
      return receive(command, state);
    case 'RecordRepaymentOutcome':
      return recordOutcome(command, state);
    case 'RecordAllocation':
      return recordAllocation(command, state);
    default:
      return unreachable(command);
  }
};

const initiate = ({ data, facts, at }: CommandOfType<'InitiateRepayment'>, state: RepaymentState): Outcome => {
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${data.repaymentId} is ${state.status}`);
  const { loanId, borrowerId, kind, channel, effectId, routing } = data;
  if (routing?.ranking.every((ranked) => ranked.channel !== channel)) {
    return refuse('CHANNEL_NOT_RANKED', `${channel} cannot take this movement`);
  }
  const { loan } = facts;
  if (loan.status === 'unknown' || loan.borrowerId !== borrowerId) return refuse('NOT_FOUND', `there is no ${loanId}`);
  if (loan.status !== 'active') return refuse('LOAN_NOT_ACTIVE', `${loanId} is ${loan.status}`);
  const { payoff, payer: ownCard } = loan;
  assert(payoff !== undefined && ownCard !== undefined, `${loanId} is active but has no payoff amount or no payer`);
  const toTake = data.kind === 'automatic' ? ordered(data, facts.debit) : amountToPay(data, data.kind, payoff);
  if (isRefusal(toTake)) return toTake;
  const { amount, payer = ownCard } = toTake;
  const initiated = {
    loanId,
    borrowerId,
    kind,
    amount,
    channel,
    payer,
    effectId,
    initiatedAt: at,
    ...(kind === 'automatic' && takesParts(channel, routing) && { mayBePartial: true as const }),
    ...(routing && { routing }),
  };
  return [{ type: 'RepaymentInitiated', data: initiated }];
};

/** Whether the channel was chosen as one that takes what it finds where that is less: the mandate sees to the rest. */
const takesParts = (chosen: string, routing: RoutingDecision | undefined): boolean =>
  routing?.movement.mayBePartial === true &&
  routing.facts.some(({ channel, terms }) => channel === chosen && terms.abilities.includes('partial-debit'));

interface ToTake {
  readonly amount: MoneyText;
  /** Absent: the card that the loan's money went to. */
  readonly payer?: Payee;
}

/** What the mandate has ordered under this id, as long as it is live: nothing is sent under one that has ended. */
const ordered = (
  { loanId, repaymentId, amount }: CommandOfType<'InitiateRepayment'>['data'],
  debit: DebitStanding = { live: false },
): ToTake | Refusal => {
  if (!debit.live) return refuse('MANDATE_NOT_LIVE', `there is no live mandate for ${loanId}`);
  const order = debit.ordered;
  if (order?.repaymentId !== repaymentId) return refuse('DEBIT_NOT_ORDERED', `${repaymentId} is not ordered`);
  if (amount !== undefined && amount.amount !== order.amount.amount) {
    return refuse('AMOUNT_MISMATCH', `${order.amount.amount} was ordered, not ${amount.amount}`);
  }
  return { amount: order.amount, payer: order.payer };
};

/** What is to be taken: what the borrower named, or for a payoff what the loan says closes it. */
const amountToPay = (
  { amount }: CommandOfType<'InitiateRepayment'>['data'],
  kind: 'voluntary' | 'payoff',
  payoff: MoneyText,
): ToTake | Refusal => {
  if (amount !== undefined && amount.currency !== payoff.currency) {
    return refuse('CURRENCY_MISMATCH', `the loan is in ${payoff.currency}, the amount in ${amount.currency}`);
  }
  switch (kind) {
    case 'payoff':
      return amount === undefined || amount.amount === payoff.amount
        ? { amount: payoff }
        : refuse('AMOUNT_MISMATCH', `a payoff takes ${payoff.amount} ${payoff.currency}, not ${amount.amount}`);
    case 'voluntary':
      if (amount === undefined) return refuse('AMOUNT_NOT_POSITIVE', 'a voluntary repayment names its amount');
      return isPositive(parseMoney(amount))
        ? { amount }
        : refuse('AMOUNT_NOT_POSITIVE', `asked to repay ${amount.amount} ${amount.currency}`);
    default:
      return unreachable(kind);
  }
};

const receive = ({ data }: CommandOfType<'ReceiveRepayment'>, state: RepaymentState): Outcome => {
  const { repaymentId, ...received } = data;
  if (state.status !== 'none') return refuse('ALREADY_EXISTS', `${repaymentId} is ${state.status}`);
  return [{ type: 'RepaymentReceived', data: received }];
};

const recordOutcome = ({ data, at }: CommandOfType<'RecordRepaymentOutcome'>, state: RepaymentState): Outcome => {
  if (state.status === 'none') return refuse('NOT_FOUND', `there is no ${data.repaymentId}`);
  if (state.status === 'received') return refuse('EFFECT_MISMATCH', `${data.repaymentId} came by itself`);
  const { loanId, amount, channel, effectId } = state.order;
  if (data.effectId !== effectId) return refuse('EFFECT_MISMATCH', `the effect is ${effectId}, not ${data.effectId}`);
  const flaw = data.answer.outcome === 'settled' ? flawOfTaken(state, data.answer.taken ?? amount) : undefined;
  if (flaw) return flaw;
  const finding = weighAnswer(state.standing, data.answer, at);
  if (isRefusal(finding)) return finding;

  const movement = { loanId, amount, channel, effectId };
  switch (finding.outcome) {
    case 'settled': {
      const { channelReference, settledOn: valueDate } = finding;
      const taken = data.answer.outcome === 'settled' ? (data.answer.taken ?? amount) : amount;
      return [{ type: 'RepaymentSettled', data: { ...movement, amount: taken, channelReference, valueDate } }];
    }
    case 'failed':
      return [{ type: 'RepaymentFailed', data: { ...movement, reason: finding.reason } }];
    case 'unknown': {
      const { reason, queries, nextQueryAt } = finding;
      return [{ type: 'RepaymentUnknown', data: { ...movement, reason, queries, nextQueryAt } }];
    }
    case 'escalated':
      return [{ type: 'RepaymentEscalated', data: { ...movement, queries: finding.queries } }];
    case 'nothing-new':
      return [];
    default:
      return unreachable(finding);
  }
};

/** What is wrong with an amount that is said to have been taken: more than was asked for, or a part of what is not. */
const flawOfTaken = (
  state: Exclude<RepaymentState, { status: 'none' | 'received' }>,
  taken: MoneyText,
): Refusal | undefined => {
  const { amount, mayBePartial = false } = state.order;
  if (taken.currency !== amount.currency) return refuse('CURRENCY_MISMATCH', `the debit is in ${amount.currency}`);
  if ('taken' in state) {
    return sameAmount(taken, state.taken)
      ? undefined
      : refuse('OUTCOME_CONTRADICTED', `recorded as ${state.taken.amount}, now said to be ${taken.amount}`);
  }
  const [said, asked] = [parseMoney(taken), parseMoney(amount)];
  const fits = mayBePartial ? isPositive(said) && compareMoney(said, asked) <= 0 : said.minor === asked.minor;
  return fits ? undefined : refuse('AMOUNT_MISMATCH', `${taken.amount} of ${amount.amount}`);
};

/** Σ totals + unapplied + recovered must be the amount that settled; the same allocation again changes nothing. */
const recordAllocation = ({ data }: CommandOfType<'RecordAllocation'>, state: RepaymentState): Outcome => {
  const { repaymentId, totals, unapplied, recovered } = data;
  switch (state.status) {
    case 'none':
      return refuse('NOT_FOUND', `there is no ${repaymentId}`);
    case 'initiated':
    case 'unknown':
    case 'escalated':
    case 'failed':
      return refuse('WRONG_STATUS', `${repaymentId} is ${state.status}: nothing to allocate`);
    case 'settled':
    case 'allocated':
    case 'received':
      break;
    default:
      return unreachable(state);
  }
  if ('allocation' in state && state.allocation !== undefined) {
    return sameAllocation(state.allocation, data)
      ? []
      : refuse('WRONG_STATUS', `${repaymentId} has been allocated another way`);
  }
  const { loanId } = state.status === 'received' ? state.receipt : state.order;
  const amount = state.status === 'received' ? state.receipt.amount : state.taken;
  const allocated = [...PORTIONS.map((portion) => totals[portion]), unapplied, recovered];
  if (allocated.some(({ currency }) => currency !== amount.currency)) {
    return refuse('CURRENCY_MISMATCH', `${repaymentId} is in ${amount.currency}`);
  }
  const { minor } = sumMoney(allocated.map(parseMoney), amount.currency);
  if (minor !== parseMoney(amount).minor) {
    return refuse('AMOUNT_MISMATCH', `${repaymentId} brought ${amount.amount}; the parts make another sum`);
  }
  return [{ type: 'RepaymentAllocated', data: { loanId, amount, totals, unapplied, recovered } }];
};

type Allocation = Pick<CommandOfType<'RecordAllocation'>['data'], 'totals' | 'unapplied' | 'recovered'>;

const sameAllocation = (a: Allocation, b: Allocation): boolean =>
  PORTIONS.every((portion) => sameAmount(a.totals[portion], b.totals[portion])) &&
  sameAmount(a.unapplied, b.unapplied) &&
  sameAmount(a.recovered, b.recovered);

const sameAmount = (a: MoneyText, b: MoneyText): boolean => a.amount === b.amount && a.currency === b.currency;
