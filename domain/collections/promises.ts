import {
  addDays,
  type BusinessDate,
  compareMoney,
  formatMoney,
  isPositive,
  type MoneyText,
  parseMoney,
  type Refusal,
  refuse,
  subtract,
  zero,
} from '../kernel';
import type { CollectionsCommandOf, PaidByPromise } from './commands';
import type { CollectionsEvent } from './events';
import { type CasePen, nextOf } from './pen';
import type { CaseState, OpenCase, PaymentPromise } from './state';
import { strategyNamed } from './strategy';

/** A promise of the borrower to pay so much of one loan by a day. One at a time for each loan. */
export const recordPromise = (
  { data, facts, businessDate: today }: CollectionsCommandOf<'RecordPromise'>,
  open: OpenCase,
): readonly CollectionsEvent[] | Refusal => {
  const { promiseId, loanId, amount, by } = data;
  if (!open.loans.has(loanId)) return refuse('NOT_FOUND', `${loanId} is not in this case`);
  const { longestDays, arrivesWithinDays } = strategyNamed(open.strategy).promises;
  const promises = [...open.promises.values()];
  if (open.promises.has(promiseId)) return [];
  if (promises.some((each) => each.loanId === loanId && each.status === 'pending')) {
    return refuse('PROMISE_PENDING', `${loanId} has one that is waited for`);
  }
  const last = addDays(today, longestDays);
  if (by < today || by > last) return refuse('PROMISE_UNFIT', `a day from ${today} to ${last}`);
  const [promised, owed] = [parseMoney(amount), facts.owed && parseMoney(facts.owed)];
  if (owed === undefined || promised.currency !== owed.currency) {
    return refuse('PROMISE_UNFIT', owed === undefined ? 'nothing is owed' : `an amount in ${owed.currency}`);
  }
  if (!isPositive(promised) || compareMoney(promised, owed) > 0) {
    return refuse('PROMISE_UNFIT', `an amount above zero, up to ${facts.owed?.amount} ${owed.currency}`);
  }
  const judgedOn = addDays(by, arrivesWithinDays + 1);
  const next = nextOf(open, today, { waitsUntil: judgedOn });
  const paidBefore = facts.paidToday ?? formatMoney(zero(promised.currency));
  const promise = { promiseId, loanId, amount, by, madeOn: today, paidBefore, judgedOn };
  return [{ type: 'PromiseMade', data: { ...promise, ...next } }];
};

/** What became of a promise by what was repaid up to its day: as long as it can still be kept, it is pending. */
const verdict = (promise: PaymentPromise, paid: MoneyText, today: BusinessDate): PaymentPromise['status'] => {
  if (compareMoney(parseMoney(paid), parseMoney(promise.amount)) >= 0) return 'kept';
  return today >= promise.judgedOn ? 'broken' : 'pending';
};

/** What was repaid of a promise since it was made; undefined where nobody has looked. */
const towards = ({ promiseId, paidBefore }: PaymentPromise, paid: PaidByPromise): MoneyText | undefined => {
  const repaid = paid[promiseId];
  if (repaid === undefined) return undefined;
  const since = subtract(parseMoney(repaid), parseMoney(paidBefore));
  return formatMoney(isPositive(since) ? since : zero(since.currency));
};

const JUDGEMENT = { kept: 'PromiseKept', broken: 'PromiseBroken' } as const;

/**
 * Judges promises by the facts: what was repaid with value dates up to their day. A payment that becomes known late, or
 * is taken back, changes the judgement.
 */
export const judgePromises = (pen: CasePen, paid: PaidByPromise, today: BusinessDate): void => {
  for (const promise of promisesOf(pen.state)) {
    const amount = towards(promise, paid);
    if (amount === undefined || promise.status === 'lapsed') continue;
    const status = verdict(promise, amount, today);
    if (status === promise.status || (status !== 'kept' && status !== 'broken')) continue;
    const { state } = pen;
    const next = state.status === 'open' ? nextOf(state, today, { waitsUntil: today }) : {};
    pen.write({ type: JUDGEMENT[status], data: { promiseId: promise.promiseId, paid: amount, on: today, ...next } });
  }
};

/** Of a loan of which nothing is to be collected any more. */
export const lapsePromises = (pen: CasePen, loanId: string, paid: PaidByPromise, today: BusinessDate): void => {
  for (const promise of promisesOf(pen.state)) {
    const { promiseId, loanId: of, status } = promise;
    const amount = towards(promise, paid);
    if (of !== loanId || status !== 'pending' || amount === undefined) continue;
    pen.write({ type: 'PromiseLapsed', data: { promiseId, paid: amount, on: today } });
  }
};

export const promisesOf = (state: CaseState): readonly PaymentPromise[] =>
  state.status === 'none' ? [] : [...state.promises.values()];
