import fc from 'fast-check';
import type { Day } from '../../kernel';
import {
  ALLOCATED_PORTIONS,
  type AllocationBucket,
  type AllocationRules,
  allocationRulesSchema,
  CREDIT_KINDS,
  DUE_STATES,
} from '../loan-terms';
import { allocate, allocationFor, type Portion } from '.';

type Amounts = Readonly<Record<Portion, bigint>>;
type InAdvance = 'next-installment' | 'last-installment' | 'reamortize';
type Processing = 'horizontal' | 'vertical';

/** An installment: due on a day, with what is still owed of each portion. */
interface Installment {
  readonly due: Day;
  readonly owed: Record<Portion, bigint>;
}

// Days are numbers; which calendar days they are matters to nobody here.
const dayOf = (day: number): Day => day as Day;
const TODAY = dayOf(100);

const smaller = (a: bigint, b: bigint): bigint => (a <= b ? a : b);

const amounts = (penalty: bigint, fee: bigint, interest: bigint, principal: bigint): Amounts => ({
  penalty,
  fee,
  interest,
  principal,
});

const inOrder = (portions: readonly Portion[], states = DUE_STATES): readonly AllocationBucket[] =>
  states.flatMap((state) => portions.map((portion) => ({ state, portion })));

const rulesOf = (
  processing: Processing,
  inAdvance: InAdvance,
  order: readonly AllocationBucket[] = inOrder(ALLOCATED_PORTIONS),
): AllocationRules => ({ kind: 'by-order', processing, orders: [{ order: [...order], inAdvance }] });

interface Loan {
  readonly installments: readonly (readonly [due: number, owed: Amounts])[];
  readonly rules: AllocationRules;
  /** Installments that take money in advance though nothing of them is left to pay. */
  readonly taking?: readonly number[];
}

const total = (owed: Amounts): bigint => owed.penalty + owed.fee + owed.interest + owed.principal;

/** Pays, and tells installment by installment what of it was paid, and what was left over. */
const paying = (amount: bigint, { installments, rules, taking = [] }: Loan) => {
  const dues = installments.map(([due, owed]): Installment => ({ due: dayOf(due), owed: { ...owed } }));
  const paid = dues.map(() => ({ penalty: 0n, fee: 0n, interest: 0n, principal: 0n }));
  const steps: string[] = [];
  const left = allocate<Installment>(
    amount,
    TODAY,
    allocationFor(rules, undefined),
    {
      all: () => dues,
      dueOn: ({ due }) => due,
      isOpen: ({ owed }) => total(owed) > 0n,
      takesInAdvance: (due) => taking.includes(dues.indexOf(due)),
      owed: ({ owed }, portion) => owed[portion],
      pay: (due, portion, offered, state) => {
        const index = dues.indexOf(due);
        const rest = due.owed[portion];
        // An installment that takes money in advance takes it as principal, whatever is left of it.
        const mayTake = taking.includes(index) && portion === 'principal' ? offered : rest;
        const taken = smaller(offered, mayTake);
        due.owed[portion] = rest > taken ? rest - taken : 0n;
        const sums = paid[index];
        if (sums !== undefined) sums[portion] += taken;
        if (taken > 0n) steps.push(`${index + 1} ${state} ${portion} ${taken}`);
        return taken;
      },
    },
    (whole, count) => (whole + BigInt(count) / 2n) / BigInt(count),
  );
  return { left, paid, steps };
};

const LATE = 90;
const LATER = 95;
const NOW = 100;
const NEXT = 110;
const LAST = 120;

describe('horizontally', () => {
  const installments = [
    [LATE, amounts(1n, 2n, 3n, 10n)],
    [LATER, amounts(0n, 1n, 4n, 10n)],
    [NOW, amounts(0n, 1n, 2n, 10n)],
    [NEXT, amounts(0n, 0n, 5n, 10n)],
    [LAST, amounts(0n, 2n, 6n, 10n)],
  ] as const;

  it('pays the oldest installment whole before the next: penalty, fee, interest, principal', () => {
    const { steps, left } = paying(22n, { installments, rules: rulesOf('horizontal', 'next-installment') });
    expect(left).toBe(0n);
    expect(steps).toEqual([
      '1 past-due penalty 1',
      '1 past-due fee 2',
      '1 past-due interest 3',
      '1 past-due principal 10',
      '2 past-due fee 1',
      '2 past-due interest 4',
      '2 past-due principal 1',
    ]);
  });

  it('then what falls due today, then the next to come', () => {
    const { steps, left } = paying(61n, { installments, rules: rulesOf('horizontal', 'next-installment') });
    expect(left).toBe(0n);
    expect(steps.slice(7)).toEqual([
      '3 due fee 1',
      '3 due interest 2',
      '3 due principal 10',
      '4 in-advance interest 5',
      '4 in-advance principal 10',
      '5 in-advance fee 2',
    ]);
  });

  it('gives back what nobody asks for', () => {
    expect(paying(100n, { installments, rules: rulesOf('horizontal', 'next-installment') }).left).toBe(100n - 77n);
    expect(paying(0n, { installments, rules: rulesOf('horizontal', 'next-installment') })).toMatchObject({
      left: 0n,
      steps: [],
    });
  });

  it('keeps the portions of one state together, in the order in which the states first come', () => {
    const order: AllocationBucket[] = [
      { state: 'due', portion: 'principal' },
      { state: 'past-due', portion: 'principal' },
      { state: 'due', portion: 'interest' },
      { state: 'past-due', portion: 'interest' },
    ];
    const { steps } = paying(18n, { installments, rules: rulesOf('horizontal', 'next-installment', order) });
    expect(steps).toEqual(['3 due principal 10', '3 due interest 2', '1 past-due principal 6']);
  });

  it('passes by what asks for none of the portions of its state, and comes to the next', () => {
    const order = inOrder(['principal']);
    const only = [
      [LATE, amounts(0n, 0n, 3n, 0n)],
      [LATER, amounts(0n, 0n, 3n, 4n)],
      [NEXT, amounts(0n, 0n, 3n, 4n)],
    ] as const;
    const { steps, left } = paying(10n, {
      installments: only,
      rules: rulesOf('horizontal', 'next-installment', order),
    });
    expect(steps).toEqual(['2 past-due principal 4', '3 in-advance principal 4']);
    expect(left).toBe(2n);
  });

  it('in advance to the last installment: from the end forwards', () => {
    const { steps } = paying(72n, {
      installments,
      rules: rulesOf('horizontal', 'last-installment'),
    });
    expect(steps.slice(10)).toEqual([
      '5 in-advance fee 2',
      '5 in-advance interest 6',
      '5 in-advance principal 10',
      '4 in-advance interest 5',
      '4 in-advance principal 5',
    ]);
  });

  it('in advance to the last installment that takes money, though nothing of it is left', () => {
    const settled = [
      [NEXT, amounts(0n, 0n, 1n, 2n)],
      [LAST, amounts(0n, 0n, 0n, 0n)],
    ] as const;
    const rules = rulesOf('horizontal', 'last-installment');
    expect(paying(5n, { installments: settled, rules, taking: [1] }).steps).toEqual(['2 in-advance principal 5']);
    expect(paying(5n, { installments: settled, rules }).steps).toEqual([
      '1 in-advance interest 1',
      '1 in-advance principal 2',
    ]);
  });

  it('in advance over all that are left: the same share each, the last with what rounding leaves over', () => {
    const three = [
      [NEXT, amounts(0n, 0n, 0n, 100n)],
      [LAST, amounts(0n, 0n, 0n, 100n)],
      [LAST + 10, amounts(0n, 0n, 0n, 100n)],
    ] as const;
    expect(paying(20n, { installments: three, rules: rulesOf('horizontal', 'reamortize') })).toEqual({
      left: 0n,
      paid: [7n, 7n, 6n].map((principal) => amounts(0n, 0n, 0n, principal)),
      steps: ['1 in-advance principal 7', '2 in-advance principal 7', '3 in-advance principal 6'],
    });
  });

  it('a share that rounding makes too large for the last is cut down', () => {
    const four = [NEXT, LAST, LAST + 10, LAST + 20, LAST + 30].map((due) => [due, amounts(0n, 0n, 0n, 100n)] as const);
    // Three over five is rounded to one each, which is five: so none each, and three for the last.
    expect(paying(3n, { installments: four, rules: rulesOf('horizontal', 'reamortize') }).steps).toEqual([
      '5 in-advance principal 3',
    ]);
    // Four over five: one each leaves nothing for the last, and that is right.
    expect(paying(4n, { installments: four, rules: rulesOf('horizontal', 'reamortize') }).steps).toEqual(
      ['1', '2', '3', '4'].map((number) => `${number} in-advance principal 1`),
    );
  });

  it('what a share leaves over goes round again', () => {
    const uneven = [
      [NEXT, amounts(0n, 0n, 0n, 1n)],
      [LAST, amounts(0n, 0n, 0n, 100n)],
    ] as const;
    const { steps, left } = paying(20n, { installments: uneven, rules: rulesOf('horizontal', 'reamortize') });
    expect(left).toBe(0n);
    expect(steps).toEqual(['1 in-advance principal 1', '2 in-advance principal 10', '2 in-advance principal 9']);
  });
});

describe('vertically', () => {
  const installments = [
    [LATE, amounts(1n, 2n, 3n, 10n)],
    [LATER, amounts(2n, 1n, 4n, 10n)],
    [NOW, amounts(0n, 1n, 2n, 10n)],
    [NEXT, amounts(0n, 0n, 5n, 10n)],
    [LAST, amounts(0n, 2n, 6n, 10n)],
  ] as const;

  it('pays a portion of all installments of a state before the next portion', () => {
    const { steps } = paying(24n, { installments, rules: rulesOf('vertical', 'next-installment') });
    expect(steps).toEqual([
      '1 past-due penalty 1',
      '2 past-due penalty 2',
      '1 past-due fee 2',
      '2 past-due fee 1',
      '1 past-due interest 3',
      '2 past-due interest 4',
      '1 past-due principal 10',
      '2 past-due principal 1',
    ]);
  });

  it('goes by buckets, not by states', () => {
    const order: AllocationBucket[] = [
      { state: 'past-due', portion: 'principal' },
      { state: 'due', portion: 'principal' },
      { state: 'past-due', portion: 'interest' },
    ];
    const { steps, left } = paying(40n, { installments, rules: rulesOf('vertical', 'next-installment', order) });
    expect(steps).toEqual([
      '1 past-due principal 10',
      '2 past-due principal 10',
      '3 due principal 10',
      '1 past-due interest 3',
      '2 past-due interest 4',
    ]);
    expect(left).toBe(3n);
  });

  it('in advance: the next, the last, or all', () => {
    const advance = installments.slice(3);
    const order = inOrder(['principal']);
    const paid = (rule: InAdvance) =>
      paying(12n, { installments: advance, rules: rulesOf('vertical', rule, order), taking: [] }).steps;
    expect(paid('next-installment')).toEqual(['1 in-advance principal 10', '2 in-advance principal 2']);
    expect(paid('last-installment')).toEqual(['2 in-advance principal 10', '1 in-advance principal 2']);
    expect(paid('reamortize')).toEqual(['1 in-advance principal 6', '2 in-advance principal 6']);
  });

  it('asks an installment only for what it owes, though it would take more', () => {
    const settled = [
      [NEXT, amounts(0n, 0n, 0n, 2n)],
      [LAST, amounts(0n, 0n, 0n, 0n)],
    ] as const;
    const rules = rulesOf('vertical', 'last-installment');
    expect(paying(2n, { installments: settled, rules, taking: [1] }).steps).toEqual(['1 in-advance principal 2']);
  });
});

describe('whatever is owed', () => {
  const arbitraryPortion = fc.bigInt(0n, 50n);
  const arbitraryInstallments = fc.array(
    fc.tuple(
      fc.integer({ min: 80, max: 120 }),
      fc.tuple(arbitraryPortion, arbitraryPortion, arbitraryPortion, arbitraryPortion).map((four) => amounts(...four)),
    ),
    { maxLength: 8 },
  );
  const arbitraryRules = fc
    .record({
      processing: fc.constantFrom<Processing[]>('horizontal', 'vertical'),
      inAdvance: fc.constantFrom<InAdvance[]>('next-installment', 'last-installment', 'reamortize'),
      order: fc.shuffledSubarray([...inOrder(ALLOCATED_PORTIONS)], { minLength: 12, maxLength: 12 }),
    })
    .map(({ processing, inAdvance, order }) => rulesOf(processing, inAdvance, order));

  it('what is paid and what is left over is what came, and nothing is left over while something is owed', () => {
    fc.assert(
      fc.property(arbitraryInstallments, arbitraryRules, fc.bigInt(0n, 1_000n), (unordered, rules, amount) => {
        const installments = unordered.toSorted(([a], [b]) => a - b);
        const { left, paid } = paying(amount, { installments, rules });
        const owed = installments.reduce((sum, [, each]) => sum + total(each), 0n);
        expect(paid.reduce((sum, each) => sum + total(each), left)).toBe(amount);
        expect(left).toBe(amount > owed ? amount - owed : 0n);
        for (const [index, [, each]] of installments.entries()) {
          for (const portion of ALLOCATED_PORTIONS) {
            expect((paid[index]?.[portion] ?? 0n) <= each[portion]).toBe(true);
          }
        }
      }),
    );
  });

  it('nothing in advance is paid while something is past due', () => {
    fc.assert(
      fc.property(arbitraryInstallments, fc.bigInt(0n, 1_000n), (unordered, amount) => {
        const installments = unordered.toSorted(([a], [b]) => a - b);
        const { steps, paid } = paying(amount, { installments, rules: rulesOf('horizontal', 'next-installment') });
        if (!steps.some((step) => step.includes('in-advance'))) return;
        for (const [index, [due, owed]] of installments.entries()) {
          if (due <= TODAY) expect(paid[index]).toEqual(owed);
        }
      }),
    );
  });
});

describe('the rules', () => {
  const general = {
    order: [...inOrder(['principal', 'interest', 'fee', 'penalty'])],
    inAdvance: 'reamortize' as const,
  };
  const ofRefunds = {
    credit: 'merchant-refund' as const,
    order: [...inOrder(['interest', 'principal', 'penalty', 'fee'])],
    inAdvance: 'last-installment' as const,
  };

  it('have an order of their own for a kind of money, and one for all others', () => {
    const rules: AllocationRules = { kind: 'by-order', processing: 'vertical', orders: [ofRefunds, general] };
    for (const credit of CREDIT_KINDS) {
      const { order, inAdvance } = credit === 'merchant-refund' ? ofRefunds : general;
      expect(allocationFor(rules, credit)).toEqual({ processing: 'vertical', order, inAdvance });
    }
    expect(allocationFor(rules, undefined)).toEqual({ processing: 'vertical', ...general });
  });

  it('where no order is for all, the first is', () => {
    const rules: AllocationRules = { kind: 'by-order', processing: 'horizontal', orders: [ofRefunds] };
    expect(allocationFor(rules, 'repayment')).toMatchObject({ order: ofRefunds.order });
    expect(() => allocationFor({ ...rules, orders: [] }, 'repayment')).toThrow('allocation rules have an order');
  });

  it.each([
    ['penalties-fees-interest-principal', 'penalty fee interest principal', 'penalty fee interest principal'],
    ['penalties-fees-principal-interest', 'penalty fee principal interest', 'penalty fee principal interest'],
    ['principal-interest-penalties-fees', 'principal interest penalty fee', 'principal interest penalty fee'],
    ['interest-principal-penalties-fees', 'interest principal penalty fee', 'interest principal penalty fee'],
    [
      'due-penalty-fee-interest-principal-in-advance-principal-penalty-fee-interest',
      'penalty fee interest principal',
      'principal penalty fee interest',
    ],
    [
      'due-penalty-interest-principal-fee-in-advance-penalty-interest-principal-fee',
      'penalty interest principal fee',
      'penalty interest principal fee',
    ],
  ])('named %s: %s when due, %s in advance', (strategy, due, inAdvance) => {
    const rules = allocationRulesSchema.parse({ kind: 'named', strategy });
    const { processing, order, inAdvance: rule } = allocationFor(rules, 'repayment');
    expect({ processing, rule }).toEqual({ processing: 'horizontal', rule: 'next-installment' });
    expect(order.map(({ state, portion }) => `${state} ${portion}`)).toEqual([
      ...due.split(' ').map((portion) => `past-due ${portion}`),
      ...due.split(' ').map((portion) => `due ${portion}`),
      ...inAdvance.split(' ').map((portion) => `in-advance ${portion}`),
    ]);
  });
});
