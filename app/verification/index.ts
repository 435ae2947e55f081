export { type VerificationReport, type VerifyOptions, verifyHouse } from './verify';
