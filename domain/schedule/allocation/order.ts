import type { AllocationBucket, AllocationRules, CreditKind } from '../loan-terms';
import { DUE_STATES } from '../loan-terms';

type Named = Extract<AllocationRules, { kind: 'named' }>['strategy'];
export type DueState = AllocationBucket['state'];
export type Portion = AllocationBucket['portion'];

/** How one payment is divided. */
export interface Allocation {
  readonly processing: 'horizontal' | 'vertical';
  readonly order: readonly AllocationBucket[];
  /** Running, then last: the installment whose period it is, and the end of the plan with what is left. */
  readonly inAdvance: 'next-installment' | 'last-installment' | 'reamortize' | 'running-then-last';
}

/** The order of a kind of money: its own where it has one, otherwise that of all kinds. */
export const allocationFor = (rules: AllocationRules, credit: CreditKind | undefined): Allocation => {
  if (rules.kind === 'named') return NAMED[rules.strategy];
  const orderOf = (kind: CreditKind | undefined) => rules.orders.find((order) => order.credit === kind);
  const chosen = orderOf(credit) ?? orderOf(undefined) ?? rules.orders[0];
  if (chosen === undefined) throw new RangeError('allocation rules have an order');
  return { processing: rules.processing, order: chosen.order, inAdvance: chosen.inAdvance };
};

const everywhere = (portions: readonly Portion[]): Allocation => ({
  processing: 'horizontal',
  order: DUE_STATES.flatMap((state) => portions.map((portion) => ({ state, portion }))),
  inAdvance: 'next-installment',
});

const dueAndInAdvance = (due: readonly Portion[], inAdvance: readonly Portion[]): Allocation => ({
  processing: 'horizontal',
  order: DUE_STATES.flatMap((state) =>
    (state === 'in-advance' ? inAdvance : due).map((portion) => ({ state, portion })),
  ),
  inAdvance: 'next-installment',
});

/** The whole-loan orders of older systems, installment by installment. */
const NAMED: Readonly<Record<Named, Allocation>> = {
  'penalties-fees-interest-principal': everywhere(['penalty', 'fee', 'interest', 'principal']),
  'penalties-fees-principal-interest': everywhere(['penalty', 'fee', 'principal', 'interest']),
  'principal-interest-penalties-fees': everywhere(['principal', 'interest', 'penalty', 'fee']),
  'interest-principal-penalties-fees': everywhere(['interest', 'principal', 'penalty', 'fee']),
  'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest': dueAndInAdvance(
    ['penalty', 'fee', 'interest', 'principal'],
    ['principal', 'penalty', 'fee', 'interest'],
  ),
  'due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee': dueAndInAdvance(
    ['penalty', 'interest', 'principal', 'fee'],
    ['penalty', 'interest', 'principal', 'fee'],
  ),
};
