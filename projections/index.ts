import { accountDays } from './account-days';
import { applications } from './applications';
import { borrowers } from './borrowers';
import { channels } from './channels';
import { correlations } from './correlations';
import { journal } from './journal';
import { loans } from './loans';
import { policies } from './policies';
import { portfolio } from './portfolio';
import { products } from './products';
import { receivables } from './receivables';
import { reconciliations } from './reconciliations';

export { APPLICATION_STAGES, type ApplicationDoc } from './applications';
export { channelMeasures } from './channel-measures';
export type { ChannelDoc } from './channels';
export type { JournalDoc } from './journal';
export { LOAN_STATUSES, type LoanDoc } from './loans';
export { PORTFOLIO_KEY, type PortfolioDoc } from './portfolio';
export type { ReceivablesDoc } from './receivables';
export type { ReconciliationDoc } from './reconciliations';
export { routingMeasures } from './routing-measures';

/** The read models of the house. */
export const projections = {
  accountDays,
  applications,
  borrowers,
  channels,
  correlations,
  journal,
  loans,
  policies,
  portfolio,
  products,
  receivables,
  reconciliations,
} as const;
