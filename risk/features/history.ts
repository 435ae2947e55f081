import { type Currency, formatMoney, type MoneyText, moneyOf, parseMoney } from '../../domain/kernel';
import type { FeatureValues } from './catalogue';
import { wholeUnits } from './whole-units';

const DAY = 86_400_000;

/** One thing that the house has had to do with a borrower. Instants are epoch milliseconds. */
export type Dealing = { readonly id: string; readonly borrowerId: string } & (
  | { readonly kind: 'registration'; readonly at: number }
  | { readonly kind: 'application'; readonly at: number; readonly rejectedAt?: number }
  | {
      readonly kind: 'loan';
      readonly at: number;
      readonly status: 'opened' | 'running' | 'repaid' | 'lost' | 'cancelled';
      /** The most days that it has been overdue. */
      readonly worstDays: number;
      readonly owed: MoneyText;
    }
);

type Loan = Extract<Dealing, { readonly kind: 'loan' }>;

/** Whole months between two instants, by the calendar. */
const monthsBetween = (from: number, to: number): number => {
  const [begin, end] = [from, to].map((at) => new Date(at).toISOString());
  if (begin === undefined || end === undefined || to < from) return 0;
  const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return months(end) - months(begin) - (end.slice(8) < begin.slice(8) ? 1 : 0);
};

/** Whole units of a currency that are owed, rounded up: a debt is never made smaller. */
const owedOn = (loans: readonly Loan[], currency: Currency): number => {
  const minor = loans
    .filter(({ owed }) => owed.currency === currency)
    .reduce((sum, { owed }) => sum + parseMoney(owed).minor, 0n);
  return wholeUnits(formatMoney(moneyOf(minor, currency)), 'UP');
};

/**
 * What the house has lived through with a borrower before this application.
 *
 * @param at when the decision is made, epoch milliseconds
 * @param currency of the application: what is owed in another one is not in `owed`
 */
export const historyOf = (
  dealings: readonly Dealing[],
  application: string,
  at: number,
  currency: Currency,
): Partial<FeatureValues> => {
  const applications = dealings.flatMap((each) => (each.kind === 'application' && each.id !== application ? each : []));
  const loans = dealings.flatMap((each) => (each.kind === 'loan' && each.status !== 'cancelled' ? each : []));
  const paidOut = loans.filter(({ status }) => status !== 'opened');
  const rejections = applications.flatMap(({ rejectedAt }) => (rejectedAt === undefined ? [] : rejectedAt));
  const registered = dealings.find(({ kind }) => kind === 'registration');
  const withStatus = (wanted: Loan['status']): number => loans.filter(({ status }) => status === wanted).length;
  return {
    earlierApplications: applications.length,
    earlierLoans: paidOut.length,
    loansRepaid: withStatus('repaid'),
    loansRunning: withStatus('running') + withStatus('opened'),
    loansLost: withStatus('lost'),
    worstDaysOverdue: paidOut.reduce((worst, { worstDays }) => Math.max(worst, worstDays), 0),
    owed: owedOn(loans, currency),
    monthsKnown: registered ? monthsBetween(registered.at, at) : 0,
    daysSinceRejection: rejections.length === 0 ? null : Math.max(0, Math.floor((at - Math.max(...rejections)) / DAY)),
  };
};
