export type {
  BankAccount,
  CallbackVerdict,
  DebitInstruction,
  EffectQuery,
  PaymentChannel,
  PayoutInstruction,
  QueryOutcome,
  StatementOutcome,
} from './payment-channel';
export type {
  Callback,
  InstructionAnswer,
  QueryAnswer,
  StatementAnswer,
} from './wire';
