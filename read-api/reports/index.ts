import type { HttpServer } from '../../platform/http';
import type { ReadContext } from '../read-context';
import { channelReportRoutes } from './channels';
import { generalLedgerRoutes } from './general-ledger';
import { loanReportRoutes } from './loans';

export { columns, reportFormat, sendTables } from './report';

/** Reports for finance people: JSON for programs, CSV and XLSX for tables. */
export const reportRoutes = (server: HttpServer, context: ReadContext): void => {
  channelReportRoutes(server, context);
  generalLedgerRoutes(server, context);
  loanReportRoutes(server, context);
};
