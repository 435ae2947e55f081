import { addDays, type BusinessDate, compareRates, daysBetween, formatMoney, type MoneyText, moneyOf } from '../kernel';
import { BUCKETS, overdueOn } from './arrears';
import type { LoanEvent } from './events';
import { type BookedInstallment, isOwing, isPaid, penaltyAfter, unpaidOf } from './installment';
import { type ActiveLoan, currencyOf, type LoanState, termsOf } from './state';

type EventOfType<Type extends LoanEvent['type']> = Extract<LoanEvent, { type: Type }>;

/** While a loan is in arrears, penalty is charged at least this often. Bucket boundaries lie as far apart. */
const ROUND_DAYS = 30;

/**
 * What time alone brings a loan up to the end of a day: installments that fall due (the part not paid in advance;
 * nothing for one that was paid in advance altogether), arrears buckets, both on the days they count for, and penalty
 * charged up to that day in one step. Nothing when all of it is on record. However the days are grouped, the dues, the
 * buckets and the penalty totals come out the same: see `penaltyAfter`.
 */
export const agingEvents = (loan: ActiveLoan, asOf: BusinessDate): readonly LoanEvent[] => {
  const onTheirDays = [...dues(loan, asOf), ...bucketChanges(loan, asOf)].sort((a, b) =>
    compareDates(a.data.valueDate, b.data.valueDate),
  );
  return [...onTheirDays, ...penalties(loan, asOf)];
};

const compareDates = (a: BusinessDate, b: BusinessDate): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const dues = (loan: ActiveLoan, asOf: BusinessDate): EventOfType<'InstallmentFellDue'>[] => {
  const text = (minor: bigint): MoneyText => formatMoney(moneyOf(minor, currencyOf(loan)));
  return loan.installments
    .filter((installment) => installment.due <= asOf && !installment.fellDue && !isPaid(installment))
    .map((installment) => {
      const { principal, interest, fee } = unpaidOf(installment);
      return {
        type: 'InstallmentFellDue',
        data: {
          installment: installment.n,
          valueDate: installment.due,
          principal: text(principal),
          interest: text(interest),
          fee: text(fee),
        },
      };
    });
};

/** Every bucket that the oldest unpaid installment has come to by its age, each on the day it was reached. */
const bucketChanges = (loan: ActiveLoan, asOf: BusinessDate): EventOfType<'ArrearsBucketChanged'>[] => {
  const oldest = loan.installments.find((installment) => installment.due < asOf && !isPaid(installment));
  if (oldest === undefined) return [];
  const changes: EventOfType<'ArrearsBucketChanged'>[] = [];
  let from = loan.bucket;
  for (const { bucket: to, fromDay } of BUCKETS.slice(BUCKETS.findIndex(({ bucket }) => bucket === from) + 1)) {
    const valueDate = addDays(oldest.due, fromDay);
    if (valueDate > asOf) break;
    const data = { from, to, daysPastDue: fromDay, overdue: overdueOn(loan, valueDate), valueDate };
    changes.push({ type: 'ArrearsBucketChanged', data });
    from = to;
  }
  return changes;
};

/**
 * Penalty since it was last charged, per installment whose grace days are over: it then counts from the due date. A
 * charge that rounds to nothing is a fact too, because later ones build on the days that it covers.
 */
const penalties = (loan: ActiveLoan, asOf: BusinessDate): EventOfType<'PenaltyCharged'>[] => {
  const terms = termsOf(loan);
  if (compareRates(terms.penalty.ratePerYear, '0') === 0) return [];
  const { graceDays } = terms.penalty;
  const charges: EventOfType<'PenaltyCharged'>[] = [];
  for (const installment of loan.installments) {
    if (installment.due >= asOf) break;
    const base = unpaidOf(installment).principal;
    if (base === 0n || daysBetween(installment.due, asOf) <= graceDays) continue;
    const days = daysBetween(installment.penalizedThrough, asOf);
    if (days <= 0) continue;
    const amount = penaltyAfter(installment, days, terms) - installment.owed.penalty;
    charges.push({
      type: 'PenaltyCharged',
      data: {
        installment: installment.n,
        valueDate: asOf,
        from: installment.penalizedThrough,
        days,
        base: formatMoney(moneyOf(base, terms.currency)),
        amount: formatMoney(moneyOf(amount, terms.currency)),
      },
    });
  }
  return charges;
};

/**
 * The next day on which a loan needs to be aged, or undefined when time alone brings it nothing more. Only these days
 * need an `AgeLoan`: an installment falls due; the day after, when it is late; its grace days are over and the first
 * penalty is charged; the oldest unpaid installment comes to its next bucket, and from then on every 30 days, so that
 * penalty is charged in rounds and not daily. Aging on any other day, and before every repayment and payoff, is allowed
 * and charges up to that day; the totals are the same. On the day returned there is always something to do.
 */
export const nextAgingDate = (state: LoanState): BusinessDate | undefined => {
  if (state.status !== 'active') return undefined;
  return agingDates(state)
    .toSorted(compareDates)
    .find((on) => agingEvents(state, on).length > 0);
};

const agingDates = (loan: ActiveLoan): readonly BusinessDate[] => {
  const next = loan.installments.find((installment) => !installment.fellDue && !isPaid(installment));
  const owing = loan.installments.filter(isOwing);
  const oldest = owing[0];
  return [
    ...(next === undefined ? [] : [next.due]),
    ...(oldest === undefined ? [] : [nextRound(oldest, loan.agedThrough)]),
    ...owing.map(({ due }) => addDays(due, termsOf(loan).penalty.graceDays + 1)),
  ].filter((on) => on > loan.agedThrough);
};

/** The next of the days 1, 31, 61, 91, 121 … past the due date of an installment. */
const nextRound = ({ due }: BookedInstallment, after: BusinessDate): BusinessDate => {
  const rounds = Math.ceil(daysBetween(due, after) / ROUND_DAYS);
  return addDays(due, 1 + ROUND_DAYS * rounds);
};
