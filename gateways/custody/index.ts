export {
  type CustodyBalance,
  type CustodyBalanceOutcome,
  type CustodyBank,
  type CustodyStatement,
  type CustodyStatementOutcome,
  custodyBalanceSchema,
  custodyStatementSchema,
} from './custody-bank';
