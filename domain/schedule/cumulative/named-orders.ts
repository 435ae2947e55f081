import type { Day } from '../../calendar';
import type { AllocationRules } from '../loan-terms';
import { smaller } from './amounts';
import { left, type Portion, type Row } from './row';

type Named = Extract<AllocationRules, { kind: 'named' }>['strategy'];

/** One thing that money goes to in an installment: a portion, or no more of it than has fallen due. */
export interface Claim {
  readonly portion: Portion;
  readonly onlyDueCharges: boolean;
}

const all = (...portions: readonly Portion[]): readonly Claim[] =>
  portions.map((portion) => ({ portion, onlyDueCharges: false }));
const DUE_CHARGES: readonly Claim[] = [
  { portion: 'penalty', onlyDueCharges: true },
  { portion: 'fee', onlyDueCharges: true },
];

interface Order {
  /** For installments that are due or past due. */
  readonly due: readonly Claim[];
  /** For installments that are paid in advance. */
  readonly inAdvance: readonly Claim[];
}

const always = (...portions: readonly Portion[]): Order => ({ due: all(...portions), inAdvance: all(...portions) });

/**
 * The whole-loan orders of older systems: installment by installment, the oldest first. Charges that have fallen due
 * inside an installment that has not are still due.
 */
const ORDERS: Readonly<Record<Named, Order>> = {
  'penalties-fees-interest-principal': always('penalty', 'fee', 'interest', 'principal'),
  'penalties-fees-principal-interest': always('penalty', 'fee', 'principal', 'interest'),
  'principal-interest-penalties-fees': always('principal', 'interest', 'penalty', 'fee'),
  'interest-principal-penalties-fees': always('interest', 'principal', 'penalty', 'fee'),
  'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest': {
    due: all('penalty', 'fee', 'interest', 'principal'),
    inAdvance: [...DUE_CHARGES, ...all('principal', 'penalty', 'fee', 'interest')],
  },
  'due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee': {
    due: all('penalty', 'interest', 'principal', 'fee'),
    inAdvance: [...DUE_CHARGES, ...all('penalty', 'interest', 'principal', 'fee')],
  },
};

export const orderOf = (strategy: Named): Order => ORDERS[strategy];

/** How much of an installment a claim stands for on a day. */
export const claimed = (row: Row, { portion, onlyDueCharges }: Claim, on: Day): bigint => {
  const open = left(row, portion);
  if (!onlyDueCharges) return open;
  let due = 0n;
  for (const charge of row.charges) {
    if (charge.portion === portion && charge.dueOn <= on) due += charge.amount - charge.waived;
  }
  return smaller(open, due - row.paid[portion]);
};
