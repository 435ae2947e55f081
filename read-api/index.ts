import type { HttpServer } from '../platform/http';
import { applicationRoutes } from './applications';
import { auditRoutes } from './audit';
import { borrowerRoutes } from './borrowers';
import { caseRoutes } from './cases';
import { channelRoutes } from './channels';
import { custodyRoutes } from './custody';
import { explanationRoutes } from './explanations';
import { financeRoutes } from './finance';
import { liveRoutes } from './live';
import { loanAccountRoutes, loanRoutes } from './loans';
import { mandateRoutes } from './mandates';
import { messageRoutes } from './messages';
import { policyRoutes } from './policies';
import { productRoutes } from './products';
import type { ReadContext } from './read-context';
import { receiptRoutes } from './receipts';
import { riskRoutes } from './risk';

export { knownLoan, loanHistory } from './known-loan';
export type { Changes, ReadContext } from './read-context';
export { plain, stateAt, within } from './time-travel';

/** The way out: queries, live status, audit and finance. */
export const readApi = (server: HttpServer, context: ReadContext): void => {
  productRoutes(server, context);
  policyRoutes(server, context);
  riskRoutes(server, context);
  borrowerRoutes(server, context);
  applicationRoutes(server, context);
  liveRoutes(server, context);
  loanRoutes(server, context);
  loanAccountRoutes(server, context);
  explanationRoutes(server, context);
  caseRoutes(server, context);
  mandateRoutes(server, context);
  receiptRoutes(server, context);
  channelRoutes(server, context);
  custodyRoutes(server, context);
  messageRoutes(server, context);
  auditRoutes(server, context);
  financeRoutes(server, context);
};
