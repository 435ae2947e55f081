import type { LoanDoc } from '../projections';

/** Overdue beyond this, a loan counts as bad. */
const BAD_FROM_DAYS = 30;

/** Whether a loan has gone bad so far: lost in whole or in part, or overdue for long. */
export const isBad = ({ status, daysPastDue }: Pick<LoanDoc, 'status' | 'daysPastDue'>): boolean =>
  status === 'written_off' || status === 'settled' || status === 'charged_off' || daysPastDue >= BAD_FROM_DAYS;
