import { type BusinessDate, formatMoney, type MoneyText, moneyOf, parseMoney } from '../../domain/kernel';
import type { TrialBalance } from '../../domain/ledger';
import { ARREARS_BUCKETS, type ArrearsBucket } from '../../domain/loan';
import { byChannel, type ChannelSummary } from './by-channel';
import { byProduct, type ProductSummary } from './by-product';
import { type Comparison, comparisons, type Finding, findingsIn, unexplained } from './checks';
import { type CollectionsSummary, collected } from './collected';
import { type DecidedGroup, decidedGroups } from './decided';
import type { Figures, LoanFigures, PortfolioFigures } from './figures';
import { type ReceivedSummary, received } from './received';

/** The whole house on one page. */
export interface Summary {
  readonly asOf: BusinessDate;
  /** Nothing was found that should not be. */
  readonly holds: boolean;
  readonly findings: readonly Finding[];
  readonly applications: {
    readonly submitted: number;
    readonly approved: number;
    readonly rejected: number;
    readonly undecided: number;
    /** How many went to a person, whatever came of it. */
    readonly referred: number;
    /** Of those decided; undefined while none is. */
    readonly approvalRate: number | undefined;
  };
  readonly decisionTime: { readonly meanMs: number | undefined; readonly mostMs: number };
  /** By segment and arm, and by version of the policy. */
  readonly decided: readonly DecidedGroup[];
  readonly loans: PortfolioFigures['loans'] & { readonly active: number };
  readonly disbursed: MoneyText;
  readonly repaid: MoneyText;
  readonly byProduct: readonly ProductSummary[];
  /** Active loans, mildest bucket first. */
  readonly arrears: readonly {
    readonly bucket: ArrearsBucket;
    readonly loans: number;
    readonly outstanding: MoneyText;
  }[];
  readonly collections: CollectionsSummary;
  readonly received: ReceivedSummary;
  readonly trialBalances: readonly TrialBalance[];
  readonly subLedger: readonly Comparison[];
  readonly byChannel: readonly ChannelSummary[];
  readonly reconciliation: {
    readonly statements: number;
    readonly lines: number;
    readonly matched: number;
    readonly breaks: number;
    readonly explained: number;
    /** Of the last day: the next statement may explain them. */
    readonly awaiting: number;
    readonly unexplained: number;
  };
}

const arrearsOf = (loans: readonly LoanFigures[], currency: MoneyText['currency']): Summary['arrears'] =>
  ARREARS_BUCKETS.map((bucket) => {
    const within = loans.filter((loan) => loan.status === 'active' && loan.bucket === bucket);
    const outstanding = within
      .map(({ principalOutstanding }) => principalOutstanding)
      .filter((money) => money.currency === currency)
      .reduce((sum, money) => sum + parseMoney(money).minor, 0n);
    return { bucket, loans: within.length, outstanding: formatMoney(moneyOf(outstanding, currency)) };
  });

const applicationsOf = ({ applications }: PortfolioFigures): Summary['applications'] => {
  const { submitted, approved, rejected, referred } = applications;
  const decided = approved + rejected;
  return {
    submitted,
    approved,
    rejected,
    undecided: submitted - decided,
    referred,
    approvalRate: decided === 0 ? undefined : approved / decided,
  };
};

const reconciliationOf = (figures: Figures): Summary['reconciliation'] => {
  const { reconciliations } = figures;
  const total = (of: (statement: Figures['reconciliations'][number]) => number): number =>
    reconciliations.reduce((sum, statement) => sum + of(statement), 0);
  const { awaiting, overdue } = unexplained(figures);
  const breaks = total((statement) => statement.breaks.length);
  return {
    statements: reconciliations.length,
    lines: total(({ lines }) => lines),
    matched: total(({ matched }) => matched),
    breaks,
    explained: breaks - awaiting.length - overdue.length,
    awaiting: awaiting.length,
    unexplained: overdue.length,
  };
};

/** Adds the figures up and holds them against each other. */
export const summarize = (figures: Figures): Summary => {
  const { asOf, portfolio, loans, trialBalances } = figures;
  const { count, totalMs, mostMs } = portfolio.decisions;
  const findings = findingsIn(figures);
  return {
    asOf,
    holds: findings.length === 0,
    findings,
    applications: applicationsOf(portfolio),
    decisionTime: { meanMs: count === 0 ? undefined : totalMs / count, mostMs },
    decided: decidedGroups(figures.decisions),
    loans: { ...portfolio.loans, active: loans.filter(({ status }) => status === 'active').length },
    disbursed: portfolio.disbursed,
    repaid: portfolio.repaid,
    byProduct: byProduct(figures, portfolio.disbursed.currency),
    arrears: arrearsOf(loans, portfolio.disbursed.currency),
    collections: collected(figures),
    received: received(figures, portfolio.disbursed.currency),
    trialBalances,
    subLedger: comparisons(figures),
    byChannel: byChannel(figures),
    reconciliation: reconciliationOf(figures),
  };
};
