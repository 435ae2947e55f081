export type {
  CustodyBalance,
  CustodyBank,
  CustodyStatement,
} from './custody-bank';
