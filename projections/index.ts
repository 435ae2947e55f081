import { accountDays } from './account-days';
import { applications } from './applications';
import { borrowers } from './borrowers';
import { correlations } from './correlations';
import { journal } from './journal';
import { loans } from './loans';
import { portfolio } from './portfolio';
import { products } from './products';
import { receivables } from './receivables';
import { reconciliations } from './reconciliations';

export type { AccountDayDoc } from './account-days';
export { APPLICATION_STAGES, type ApplicationDoc, type ApplicationStage, type ApplicationStep } from './applications';
export type { BorrowerDoc } from './borrowers';
export type { CorrelationDoc } from './correlations';
export type { JournalDoc } from './journal';
export { type InstallmentDoc, isPaid, type LoanDoc, type LoanStatus } from './loans';
export { PORTFOLIO_KEY, type PortfolioDoc } from './portfolio';
export type { ProductDoc } from './products';
export type { ReceivablesDoc } from './receivables';
export type { BreakDoc, ReconciliationDoc } from './reconciliations';

/** The read models of the house. */
export const projections = {
  accountDays,
  applications,
  borrowers,
  correlations,
  journal,
  loans,
  portfolio,
  products,
  receivables,
  reconciliations,
} as const;
