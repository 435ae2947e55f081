export { type VerificationReport, verifyHouse } from './verify';
