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
export {
  type Callback,
  callbackSchema,
  type InstructionAnswer,
  instructionAnswerSchema,
  type QueryAnswer,
  queryAnswerSchema,
  type StatementAnswer,
  statementAnswerSchema,
} from './wire';
