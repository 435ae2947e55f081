import type { Entry, Life } from '../../progressive/life/life';
import type { InterestPeriod } from '../../progressive/model/model';
import type { BalanceChange } from '../calculation';
import type { Witnessed } from './witness';

type PlainChange = Omit<BalanceChange, 'amount'> & { readonly amount: bigint };

/**
 * What a balance changed by at the end of an interest period, each with the fact behind it, as far as the days say
 * which it was. What they leave open is said to be something else, so that the sum is always the change.
 */
export const changesOn = ({ life }: Witnessed, part: InterestPeriod, all: bigint): readonly PlainChange[] => {
  const paidOut = paidOutOn(life, part);
  const corrections = settledFirst(
    part.correction,
    [...paidEarlyOn(life, part), ...putBackOn(life, part)],
    [...overdueOn(life, part)],
  );
  const known = [...paidOut, ...corrections];
  const rest = known.reduce((sum, { amount }) => sum - amount, all);
  return rest === 0n ? known : [...known, { what: 'other', amount: rest }];
};

/** The candidates for a correction, if they come to it with what was overdue or without. */
const settledFirst = (
  correction: bigint,
  facts: readonly PlainChange[],
  overdue: readonly PlainChange[],
): readonly PlainChange[] => {
  for (const candidates of [[...facts, ...overdue], facts, overdue]) {
    if (candidates.reduce((sum, { amount }) => sum + amount, 0n) === correction) return candidates;
  }
  return [];
};

const paidOutOn = ({ disbursements }: Life, { disbursed, to }: InterestPeriod): readonly PlainChange[] => {
  if (disbursed === 0n) return [];
  const [first, ...more] = disbursements.filter(({ on }) => on === to);
  const only = more.length === 0 ? first : undefined;
  return [{ what: 'paid-out', amount: disbursed, ...(only !== undefined && { fact: only.fact }) }];
};

/** Principal that was paid of installments before they were due stops bearing interest on the day it was paid. */
const paidEarlyOn = ({ transactions }: Life, { to }: InterestPeriod): readonly PlainChange[] => {
  const changes: PlainChange[] = [];
  for (const { fact, on, lines } of transactions) {
    let amount = 0n;
    for (const { installment, portion, amount: paid } of lines) {
      const due = installment.period?.due;
      if (portion === 'principal' && due !== undefined && Math.min(due, on) === to) amount -= paid;
    }
    if (amount !== 0n) changes.push({ what: 'paid-early', amount, fact });
  }
  return changes;
};

const putBackOn = ({ putBacks, transactions }: Life, { to }: InterestPeriod): readonly PlainChange[] =>
  putBacks
    .filter(({ on, amount }) => on === to && amount !== 0n)
    .map(({ on, amount }) => {
      const by = transactions.find(
        (entry) => entry.on === on && entry.kind in GIVES_BACK && givenBack(entry) === amount,
      );
      return { what: 'put-back', amount, ...(by !== undefined && { fact: by.fact }) };
    });

/** A refund is owed again in full; what was held for the borrower has paid its part of it. */
const givenBack = ({ kind, amount, parts }: Entry): bigint =>
  kind === 'credit-balance-refund' ? amount : parts.principal;

const GIVES_BACK = { chargeback: true, 'credit-balance-refund': true } as const;

const overdueOn = ({ model }: Life, { to }: InterestPeriod): readonly PlainChange[] => {
  const amount = model.overdueCorrections.reduce((sum, { on, amount: borne }) => (on === to ? sum + borne : sum), 0n);
  return amount === 0n ? [] : [{ what: 'overdue', amount }];
};
