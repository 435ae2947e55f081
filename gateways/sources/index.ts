export type { CourtAnswer, CourtRegister } from './court-register';
export type { DeviceAnswer, DeviceIntelligence } from './device-intelligence';
export type { FraudAnswer, FraudRegister } from './fraud-register';
export type { OperatorAnswer, PhoneOperator } from './phone-operator';
