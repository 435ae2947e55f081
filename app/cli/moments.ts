import { InvalidArgumentError } from 'commander';
import {
  type BusinessDate,
  businessDateSchema,
  type Instant,
  instantSchema,
  type LoanId,
  loanIdSchema,
} from '../../domain/kernel';

/** A calendar day as it is given on the command line. */
export const day = (text: string): BusinessDate => {
  const parsed = businessDateSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('a calendar day such as 2026-11-22');
  return parsed.data;
};

/** An instant as it is given on the command line. */
export const moment = (text: string): Instant => {
  const parsed = instantSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('an instant such as 2026-11-22T08:15:30.000Z');
  return parsed.data;
};

/** A loan's id as it is given on the command line. */
export const loan = (text: string): LoanId => {
  const parsed = loanIdSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('a loan such as loan-4q2m');
  return parsed.data;
};
