import type { HttpServer } from '../platform/http';
import { applicationRoutes } from './applications';
import { borrowerRoutes } from './borrowers';
import { breakRoutes } from './breaks';
import { caseRoutes } from './cases';
import { type CallbackJudge, callbackRoutes } from './channel-callbacks';
import { channelRoutes } from './channels';
import { creditLineRoutes } from './credit-lines';
import { custodyRoutes } from './custody';
import { loanServicingRoutes } from './loan-servicing';
import { loanRoutes } from './loans';
import { mandateRoutes } from './mandates';
import { outcomeRoutes } from './outcomes';
import { periodRoutes } from './periods';
import { policyRoutes } from './policies';
import { productRoutes } from './products';
import { receiptRoutes } from './receipts';
import { reviewRoutes } from './reviews';
import { ruleSetRoutes } from './rule-sets';
import type { WriteContext } from './write-context';

export type { CallbackJudge } from './channel-callbacks';
export { type Operations, operationsRoutes, type ParkedView } from './operations';
export { deviceIdSchema } from './origin';
export type { Requirements, RuleTrial, WriteContext } from './write-context';

/** The way in: HTTP in, commands out. */
export const writeApi = (server: HttpServer, context: WriteContext, judge: CallbackJudge): void => {
  borrowerRoutes(server, context);
  creditLineRoutes(server, context);
  productRoutes(server, context);
  policyRoutes(server, context);
  channelRoutes(server, context);
  applicationRoutes(server, context);
  reviewRoutes(server, context);
  loanRoutes(server, context);
  loanServicingRoutes(server, context);
  mandateRoutes(server, context);
  receiptRoutes(server, context);
  breakRoutes(server, context);
  ruleSetRoutes(server, context);
  periodRoutes(server, context);
  caseRoutes(server, context);
  outcomeRoutes(server, context);
  custodyRoutes(server, context);
  callbackRoutes(server, context, judge);
};
