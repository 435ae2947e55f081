import { DAY_COUNTS, type DayCount, yearFraction } from '../calendar';
import { compareRates, parseRate } from '../kernel';
import type { LoanEvent } from '../loan';
import { allInRateOf, type LoanAccount, type LoanTerms } from '../schedule';
import { type Invariant, nothingUnfinished } from './invariant';
import { accountFactOf } from './loan-accounts';

type Opened = Extract<LoanEvent, { readonly type: 'LoanOpened' }>['data'];
type Installment = LoanAccount['installments'][number];

const PORTIONS = ['principal', 'interest', 'fee', 'penalty'] as const;
const COLUMNS = ['owed', 'paid', 'waived', 'writtenOff'] as const;

const unsound = (row: Installment, above: Installment | undefined): string | undefined => {
  for (const column of COLUMNS) {
    const portion = PORTIONS.find((each) => row[column][each] < 0n);
    if (portion !== undefined) return `installment ${row.n}: ${column} ${portion} is ${row[column][portion]}`;
  }
  const over = PORTIONS.find((each) => row.paid[each] + row.waived[each] + row.writtenOff[each] > row.owed[each]);
  if (over !== undefined) return `installment ${row.n}: more ${over} is paid and given up than is owed`;
  const follows = above === undefined || above.kind !== 'regular' || row.kind !== 'regular' || above.due < row.due;
  return follows ? undefined : `installment ${row.n} falls due before the one above it`;
};

export const plansAreSound: Invariant = {
  id: 'I-10',
  statement:
    'In every plan each portion is nothing or more, due dates follow each other, and nothing is left after the last',
  check: ({ accounts }) => ({
    see: (fact) => {
      if (accountFactOf(fact) === undefined) return undefined;
      const { installments } = accounts.of(fact.stream);
      for (const [index, row] of installments.entries()) {
        const found = unsound(row, installments[index - 1]);
        if (found !== undefined) return found;
      }
      const left = installments.at(-1)?.balance ?? 0n;
      return left === 0n ? undefined : `${left} minor units are left after the last installment`;
    },
    unfinished: nothingUnfinished,
  }),
};

const isPlainDayCount = (dayCount: string): dayCount is DayCount =>
  dayCount !== 'act/act-icma' && DAY_COUNTS.some((known) => known === dayCount);

/** The part of a year that an installment's interest is for; undefined: not by two dates alone. */
const shareOf = ({ interest, dueDates }: LoanTerms, { from, due }: Installment) => {
  const { dayCount, calculation } = interest;
  if (calculation === 'daily' && isPlainDayCount(dayCount)) return yearFraction(dayCount, from, due);
  const { every, unit } = dueDates.period;
  const { calendar, countedFrom } = dueDates;
  const isEven = calendar.adjustment === 'none' && countedFrom === 'disbursement';
  return dayCount === 'nominal-30/360' && isEven && unit === 'months'
    ? { numerator: every * 30, denominator: 360 }
    : undefined;
};

/** Whether a plan’s interest follows from balances, days and one rate alone. */
const isPlain = ({ rate, grace, tranches, amortization, interest }: LoanTerms): boolean =>
  rate.kind === 'fixed' &&
  grace.interest === 0 &&
  grace.interestFree === 0 &&
  !tranches.several &&
  amortization.kind !== 'hand-made' &&
  interest.method === 'declining-balance';

/**
 * All interest of a plan, added up as one fraction and rounded once: another way than the plan’s own, which rounds each
 * installment. Undefined where more than balances, days and one rate make it.
 */
const interestAgain = (terms: LoanTerms, principal: bigint, rows: readonly Installment[]): bigint | undefined => {
  if (!isPlain(terms) || terms.rate.kind !== 'fixed') return undefined;
  const { numerator, denominator } = parseRate(terms.rate.perYear);
  let balance = principal;
  let [top, bottom] = [0n, 1n];
  for (const row of rows) {
    const share = row.kind === 'down-payment' ? { numerator: 0, denominator: 1 } : shareOf(terms, row);
    if (share === undefined) return undefined;
    const [over, under] = [balance * numerator * BigInt(share.numerator), denominator * BigInt(share.denominator)];
    [top, bottom] = under === bottom ? [top + over, bottom] : [top * under + over * bottom, bottom * under];
    balance -= row.owed.principal;
  }
  return (2n * top + bottom) / (2n * bottom);
};

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

export const interestIsWorkedOutAgain: Invariant = {
  id: 'I-11',
  statement:
    'All interest of a booked plan is what balances, days and rate make in one sum, within a minor unit an installment',
  check: ({ accounts }) => {
    const contracts = new Map<string, Opened['contract']>();
    return {
      see: (fact) => {
        if (fact.type === 'LoanOpened') contracts.set(fact.stream, fact.data.contract);
        if (fact.type !== 'LoanDisbursed' || fact.data.tranche !== undefined) return undefined;
        const contract = contracts.get(fact.stream);
        contracts.delete(fact.stream);
        const { installments, disbursements } = accounts.of(fact.stream);
        const principal = disbursements[0]?.amount;
        if (contract === undefined || principal === undefined) return undefined;
        const again = interestAgain(contract.terms, principal, installments);
        const booked = installments.reduce((sum, { owed }) => sum + owed.interest, 0n);
        if (again === undefined || distance(booked, again) <= BigInt(installments.length)) return undefined;
        return `the plan asks for ${booked} minor units of interest, worked out again they are ${again}`;
      },
      unfinished: nothingUnfinished,
    };
  },
};

export const changesKeepTheCap: Invariant = {
  id: 'I-16',
  statement: 'Whatever is changed of a loan later, it costs no more in all than its contract or the cap of its day',
  check: ({ accounts }) => {
    const contracts = new Map<string, Opened>();
    return {
      see: (fact) => {
        if (fact.type === 'LoanOpened') contracts.set(fact.stream, fact.data);
        const isChange =
          fact.type === 'RateChanged' ||
          fact.type === 'TermExtended' ||
          fact.type === 'DueDateMoved' ||
          fact.type === 'GraceGranted' ||
          fact.type === 'ChargeAdded';
        const opened = isChange ? contracts.get(fact.stream) : undefined;
        if (opened === undefined) return undefined;
        const { contract, cap } = opened;
        const rate = allInRateOf(contract.terms, accounts.of(fact.stream));
        const most = compareRates(contract.allInRate, cap) > 0 ? contract.allInRate : cap;
        return compareRates(rate, most) > 0
          ? `${fact.type}: costs ${rate} a year in all, the cap is ${cap}`
          : undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};
