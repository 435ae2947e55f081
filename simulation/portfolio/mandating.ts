import { addDays, type BusinessDate, daysBetween, unreachable } from '../../domain/kernel';
import { openOnOrBefore } from '../calendar';
import type { Conduct } from '../people';
import { chance, int } from '../random';
import { acknowledgementSchema, type Loan } from './answers';
import { done } from './caller';
import type { Customer, Errand, Visit } from './errand';
import type { Repayment } from './repaying';

/** How many let their loan be debited. */
const MANDATED = { punctual: 0.85, careless: 0.75, struggling: 0.3, defaulting: 0.5 } as const;

/** How many of them take it back one day, and before which installment. */
const REVOKED = 0.06;
const REVOKED_BEFORE = [2, 4] as const;

const PAY_DAYS = [1, 5, 10, 15, 25, 31] as const;

/** So long after the last installment of the plan a mandate ends: plans grow. */
const BEYOND_DAYS = 400;

interface Mandated {
  /** Installments up to this one are left to the mandate. */
  readonly debited: number;
  readonly visits: readonly Visit[];
}

const NOT_MANDATED: Mandated = { debited: 0, visits: [] };

/** Grants a mandate on a loan that has just begun, as most people do; some mean to take it back. */
export const mandateFor = async (
  customer: Customer,
  loan: Loan,
  conduct: readonly Conduct[],
  today: BusinessDate,
): Promise<Mandated> => {
  const { applicant, caller, cardId } = customer;
  const random = customer.random.fork(`mandate ${loan.id}`);
  const last = loan.installments.at(-1)?.due;
  if (last === undefined || !chance(random, MANDATED[applicant.temperament])) return NOT_MANDATED;
  const body = {
    ...{ loanId: loan.id, cardId, textVersion: '2026-01', to: addDays(last, BEYOND_DAYS) },
    ...{ perDebit: { ...loan.principal, amount: '30000.00' }, perMonth: { ...loan.principal, amount: '60000.00' } },
    payDays: [PAY_DAYS[int(random, 0, PAY_DAYS.length - 1)]],
  };
  done(await caller.post('/v1/mandates', body, `mandate ${loan.id}`, acknowledgementSchema), 'mandate');
  const before = endsBefore(conduct, chance(random, REVOKED) ? int(random, ...REVOKED_BEFORE) : undefined);
  const installment = before === undefined ? undefined : loan.installments[before - 1];
  if (before === undefined || installment === undefined) return { debited: Number.MAX_SAFE_INTEGER, visits: [] };
  const on = openOnOrBefore(addDays(installment.due, -1));
  const revocation: Visit = {
    customer,
    on: daysBetween(today, on) > 0 ? on : today,
    errand: { kind: 'revoke', loanId: loan.id },
  };
  return { debited: before - 1, visits: [revocation] };
};

/** Who pays no more does not let the bank pay either. */
const endsBefore = (conduct: readonly Conduct[], changesMind: number | undefined): number | undefined => {
  const stops = conduct.findIndex(({ kind }) => kind === 'stops');
  return stops < 0 ? changesMind : stops + 1;
};

/** Takes the mandate back; twice is once. */
export const revoke = async (
  { customer }: Visit,
  { loanId }: Extract<Errand, { readonly kind: 'revoke' }>,
): Promise<readonly Visit[]> => {
  const path = `/v1/mandates/mandate-${loanId.slice('loan-'.length)}/revocation`;
  const reason = { reason: 'rather pays in person' };
  done(await customer.caller.post(path, reason, `revoke ${loanId}`, acknowledgementSchema), 'revoke');
  return [];
};

/** Only who wants to pay more than is due comes although it is debited. */
export const isLeftToMandate = ({ installment, pays }: Repayment, debited: number): boolean => {
  if (installment > debited) return false;
  switch (pays.kind) {
    case 'due':
    case 'overdue':
    case 'part':
      return true;
    case 'more':
    case 'everything':
      return false;
    default:
      return unreachable(pays);
  }
};
