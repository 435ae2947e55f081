import { addDays, type BusinessDate, formatMoney, moneyOf, parseMoney } from '../../domain/kernel';
import { openOnOrAfter } from '../calendar';
import { between, chance, int } from '../random';
import { acknowledgementSchema, type Loan, loanSchema } from './answers';
import { done } from './caller';
import type { Customer, Visit } from './errand';

/** Of what is free; nobody draws less than a hundred. */
const YUAN = 100n;
const LEAST = 100n * YUAN;
const MOST_DRAWINGS = 4;
/** How likely each further drawing is, and so many days after the one before. */
const DRAWS_AGAIN = 0.75;
const DAYS_BETWEEN = [15, 55] as const;

/** The first drawing, as soon as the loan stands. */
export const firstDrawing = (customer: Customer, loanId: string, on: BusinessDate): Visit => ({
  customer,
  on,
  errand: { kind: 'draw', loanId, drawing: 1, share: between(customer.random.fork(`draws ${loanId}`), 0.4, 0.7) },
});

const drawingAfter = (customer: Customer, loanId: string, last: number, today: BusinessDate): readonly Visit[] => {
  const random = customer.random.fork(`draws ${loanId} ${last}`);
  if (last >= MOST_DRAWINGS || !chance(random, DRAWS_AGAIN)) return [];
  const on = openOnOrAfter(addDays(today, int(random, ...DAYS_BETWEEN)));
  return [{ customer, on, errand: { kind: 'draw', loanId, drawing: last + 1, share: between(random, 0.4, 0.9) } }];
};

/** A share of what is free, in whole yuan; undefined when that is too little to come for. */
const amountOf = ({ principal, principalOutstanding }: Loan, share: number) => {
  const { minor: agreed, currency } = parseMoney(principal);
  const free = agreed - parseMoney(principalOutstanding).minor;
  const asked = ((free * BigInt(Math.round(share * 1_000))) / 1_000n / YUAN) * YUAN;
  return asked < LEAST ? undefined : formatMoney(moneyOf(asked, currency));
};

/** Draws; the next drawing, if there will be one. Who is late, or has paid off, gets nothing more. */
export const draw = async (
  { customer, on }: Visit,
  { loanId, drawing, share }: { readonly loanId: string; readonly drawing: number; readonly share: number },
): Promise<readonly Visit[]> => {
  const path = `/v1/loans/${loanId}`;
  const loan = done(await customer.caller.get(path, loanSchema), path);
  if (loan.status !== 'opened' && loan.status !== 'active') return [];
  const amount = amountOf(loan, share);
  if (amount !== undefined) {
    const key = `draw ${loanId} ${drawing}`;
    const drawn = await customer.caller.post(`${path}/drawings`, { amount }, key, acknowledgementSchema);
    if (drawn.kind === 'refused' && drawn.code === 'LOAN_NOT_ACTIVE') return [];
    if (drawn.kind !== 'refused' || drawn.code !== 'TRANCHE_NOT_AVAILABLE') done(drawn, key);
  }
  return drawingAfter(customer, loanId, drawing, on);
};
