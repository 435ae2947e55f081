export type {
  BankAccount,
  CallbackVerdict,
  PaymentChannel,
  QueryOutcome,
} from './payment-channel';
export type {
  Callback,
  InstructionAnswer,
  QueryAnswer,
  StatementAnswer,
} from './wire';
