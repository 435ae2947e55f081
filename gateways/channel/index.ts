export type {
  BankAccount,
  CallbackVerdict,
  PaymentChannel,
  QueryOutcome,
} from './payment-channel';
export type {
  Callback,
  HeartbeatAnswer,
  InstructionAnswer,
  QueryAnswer,
  StatementAnswer,
} from './wire';
