import { accountDays } from './account-days';
import { applications } from './applications';
import { associations } from './associations';
import { borrowers } from './borrowers';
import { cases } from './cases';
import { channels } from './channels';
import { correlations } from './correlations';
import { custodyAccounts } from './custody-accounts';
import { custodyInstructions } from './custody-instructions';
import { dealings } from './dealings';
import { journal } from './journal';
import { loanCourses } from './loan-courses';
import { loans } from './loans';
import { mandates } from './mandates';
import { messages } from './messages';
import { periods } from './periods';
import { policies } from './policies';
import { portfolio } from './portfolio';
import { products } from './products';
import { receipts } from './receipts';
import { receivables } from './receivables';
import { reconciliations } from './reconciliations';
import { ruleSets } from './rule-sets';
import { velocities } from './velocities';

export type { AccountDayDoc } from './account-days';
export { APPLICATION_STAGES, type ApplicationDoc } from './applications';
export { CASE_STAGES } from './cases';
export { channelMeasures } from './channel-measures';
export type { ChannelDoc } from './channels';
export { INSTRUCTION_STATUSES } from './custody-instructions';
export type { JournalDoc } from './journal';
export { LOAN_STATUSES, type LoanDoc } from './loans';
export { MANDATE_PARTITIONS, type MandateDoc, nextOf } from './mandates';
export { MESSAGE_STATUSES } from './messages';
export { PORTFOLIO_KEY, type PortfolioDoc } from './portfolio';
export { RECEIPT_STATES } from './receipts';
export type { ReceivablesDoc } from './receivables';
export type { ReconciliationDoc } from './reconciliations';
export { routingMeasures } from './routing-measures';
export { RULE_SET_STATUSES } from './rule-sets';
export { tallyKeysOf } from './velocities';

/** The read models of the house. */
export const projections = {
  accountDays,
  applications,
  associations,
  borrowers,
  cases,
  channels,
  correlations,
  custodyAccounts,
  custodyInstructions,
  dealings,
  journal,
  loanCourses,
  loans,
  mandates,
  messages,
  periods,
  policies,
  portfolio,
  products,
  receipts,
  receivables,
  reconciliations,
  ruleSets,
  velocities,
} as const;
