export type {
  CustodyBalance,
  CustodyBalanceOutcome,
  CustodyBank,
  CustodyStatement,
  CustodyStatementOutcome,
} from './custody-bank';
