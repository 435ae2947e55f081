import { addDays, type BusinessDate, businessDateAt, type Currency, formatMinor } from '../domain/kernel';
import { type BookRole, linesOf } from '../domain/loan';
import { type CourseMonth, EARNINGS, type Earned, type Earning, type LoanCourse, monthOf } from '../domain/reporting';
import { type Fact, type HouseProjection, minus, plus } from './house-projection';

/** A loan's course, and what each repayment paid of what is earned, should it be taken back. */
export interface LoanCourseDoc extends LoanCourse {
  readonly repayments: Readonly<Record<string, Earned>>;
}

const INCOME_OF: Readonly<Partial<Record<BookRole, Earning>>> = {
  'interest-income': 'interest',
  'fee-income': 'fee',
  'penalty-income': 'penalty',
  'recovery-income': 'recovery',
};
const LOSSES: ReadonlySet<BookRole> = new Set<BookRole>(['charge-off-expense', 'write-off-expense']);

const sum = (a: string, b: string, currency: Currency): string =>
  plus({ amount: a, currency }, { amount: b, currency }).amount;
const less = (a: string, b: string, currency: Currency): string =>
  minus({ amount: a, currency }, { amount: b, currency }).amount;

const noEarnings = (currency: Currency): Earned => {
  const none = formatMinor(0n, currency);
  return { interest: none, fee: none, penalty: none, recovery: none };
};

/** A month in which nothing has happened yet: as the last one ended. */
const begun = (month: string, currency: Currency, last: CourseMonth | undefined): CourseMonth => {
  const none = formatMinor(0n, currency);
  return {
    month,
    bucket: last?.bucket ?? 'current',
    ...(last?.pastDueSince && { pastDueSince: last.pastDueSince }),
    principal: last?.principal ?? none,
    ...{ lent: none, lost: none, booked: noEarnings(currency), paid: noEarnings(currency) },
  };
};

const inMonth = (doc: LoanCourseDoc, event: Fact, change: (month: CourseMonth) => CourseMonth): LoanCourseDoc => {
  const month = monthOf(businessDateAt(Date.parse(event.meta.bookedAt)));
  const last = doc.months.at(-1);
  const [before, current] =
    last?.month === month ? [doc.months.slice(0, -1), last] : [doc.months, begun(month, doc.currency, last)];
  return { ...doc, months: [...before, change(current)] };
};

type Booked = Extract<Fact, { readonly data: { readonly journal: unknown } }>;
const isBooked = (event: Fact): event is Booked => 'journal' in event.data;

const afterJournal = (month: CourseMonth, { data }: Booked, currency: Currency): CourseMonth => {
  let { principal, lost } = month;
  const booked = { ...month.booked };
  for (const { role, side, amount } of linesOf(data.journal)) {
    const [up, down] = side === 'debit' ? [sum, less] : [less, sum];
    if (role === 'principal-receivable') principal = up(principal, amount, currency);
    if (LOSSES.has(role)) lost = up(lost, amount, currency);
    const earning = INCOME_OF[role];
    if (earning !== undefined) booked[earning] = down(booked[earning], amount, currency);
  }
  return { ...month, principal, lost, booked };
};

const paying = (month: CourseMonth, paid: Earned, by: typeof sum, currency: Currency): CourseMonth => {
  const after = { ...month.paid };
  for (const earning of EARNINGS) after[earning] = by(after[earning], paid[earning], currency);
  return { ...month, paid: after };
};

const bucketed = (month: CourseMonth, bucket: CourseMonth['bucket'], since: BusinessDate): CourseMonth => {
  const { pastDueSince: _, ...rest } = month;
  return bucket === 'current' ? { ...rest, bucket } : { ...rest, bucket, pastDueSince: since };
};

const foldCourse = (doc: LoanCourseDoc, event: Fact): LoanCourseDoc => {
  const { currency } = doc;
  if (event.type === 'ArrearsBucketChanged') {
    const { to, daysPastDue, valueDate } = event.data;
    return inMonth(doc, event, (month) => bucketed(month, to, addDays(valueDate, -daysPastDue)));
  }
  if (!isBooked(event)) return doc;
  const booked = inMonth(doc, event, (month) => afterJournal(month, event, currency));
  switch (event.type) {
    case 'LoanDisbursed': {
      const { amount } = event.data.amount;
      return inMonth(booked, event, (month) => ({ ...month, lent: sum(month.lent, amount, currency) }));
    }
    case 'RepaymentApplied': {
      const { repaymentId, totals, recovered } = event.data;
      const { interest, fee, penalty } = totals;
      const paid = {
        interest: interest.amount,
        fee: fee.amount,
        penalty: penalty.amount,
        recovery: recovered.amount,
      };
      const after = inMonth(booked, event, (month) => paying(month, paid, sum, currency));
      return { ...after, repayments: { ...after.repayments, [repaymentId]: paid } };
    }
    case 'FactReversed': {
      const { fact } = event.data;
      const reversed = fact.kind === 'undo' ? doc.repayments[fact.of] : undefined;
      if (fact.kind !== 'undo' || reversed === undefined) return booked;
      const { [fact.of]: _, ...repayments } = booked.repayments;
      return { ...inMonth(booked, event, (month) => paying(month, reversed, less, currency)), repayments };
    }
    default:
      return booked;
  }
};

/** Each loan through the months: arrears, principal, what was lost, what it has earned. What reports are made from. */
export const loanCourses: HouseProjection<LoanCourseDoc> = {
  name: 'loan-courses',
  version: 1,
  categories: ['loan'],
  indexes: {},
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    if (event.type !== 'LoanOpened') return doc && foldCourse(doc, event);
    const { productId, contract } = event.data;
    return { id: key, productId, currency: contract.principal.currency, months: [], repayments: {} };
  },
};
