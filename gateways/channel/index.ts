export type {
  BankAccount,
  CallbackVerdict,
  PaymentChannel,
} from './payment-channel';
export type {
  Callback,
  HeartbeatAnswer,
  InstructionAnswer,
  QueryAnswer,
  StatementAnswer,
} from './wire';
