import fc from 'fast-check';
import { anyLife } from '../../../../tests/support/any-life';
import { agreed, paidOut, repaid, START, termsWith } from '../../../../tests/support/progressive-loans';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAccount, LoanFact } from '../../replay';
import type { RepaymentPeriod } from '../model/model';
import { accountOf } from './account';
import type { Life } from './life';
import { livedThrough, type Witness } from './replay';
import { takesTurn } from './turn';

const PRINCIPAL = 1_000_000n;
const FIRST_DUE = START + 31;
const INSTALLMENT = 172_486n;
const plain = termsWith();
const dated = (on: number) => ({ id: `x${on}`, on, knownOn: on });
const named = (strategy: Extract<LoanTerms['allocation'], { kind: 'named' }>['strategy']): LoanTerms['allocation'] => ({
  kind: 'named',
  strategy,
});

/** Whether money takes its turn in a loan of 10,000.00 over six months at 12 %, after what has happened to it. */
const takes = (amount: bigint, on: number, before: readonly LoanFact[] = [], terms: LoanTerms = plain): boolean => {
  const life = livedThrough(terms, agreed(PRINCIPAL, 6), [paidOut(PRINCIPAL), ...before], on);
  return life !== undefined && takesTurn(life, repaid(amount, on, 'z'));
};

describe('money takes its turn', () => {
  test('between the due dates of an open installment, as long as it leaves that open', () => {
    expect(takes(100n, START + 10)).toBe(true);
    expect(takes(INSTALLMENT - 1n, START + 10)).toBe(true);
    expect(takes(INSTALLMENT, START + 10)).toBe(false);
    expect(takes(100n, START)).toBe(false);
    expect(takes(100n, FIRST_DUE)).toBe(false);
  });

  test('once the running installment is paid up, in the next', () => {
    const first = repaid(INSTALLMENT, START + 3, 'b');
    expect(takes(INSTALLMENT - 1n, START + 10, [first])).toBe(true);
    expect(takes(INSTALLMENT, START + 10, [first])).toBe(false);
  });

  test('not while anything is overdue, nor after anything but payments happened to the installment', () => {
    expect(takes(100n, FIRST_DUE + 10)).toBe(false);
    expect(takes(100n, START + 10, [{ ...dated(START + 5), kind: 're-amortize', interest: 'default' }])).toBe(true);
    expect(takes(100n, START + 10, [{ ...dated(START + 5), kind: 'termination' }])).toBe(false);
    const paid = repaid(50_000n, START + 2, 'b');
    expect(takes(100n, START + 10, [paid, { ...dated(START + 5), kind: 'chargeback', of: 'b', amount: 10n }])).toBe(
      false,
    );
  });

  test('not near the end, which early payments shorten', () => {
    const most = [1, 2, 3, 4].map((n) => repaid(INSTALLMENT, START + n, `b${n}`));
    expect(takes(100n, START + 10, most.slice(0, 3))).toBe(true);
    expect(takes(100n, START + 10, most)).toBe(false);
  });

  test('only where the next installment takes money in advance, and the plan stays as it is', () => {
    const { recalculation } = plain;
    if (recalculation === undefined) throw new Error('plain terms recalculate');
    const changed = (more: Partial<typeof recalculation>): LoanTerms => ({
      ...plain,
      recalculation: { ...recalculation, ...more },
    });
    expect(takes(100n, START + 10, [], changed({ onAdvancePayment: 'lower-the-installment' }))).toBe(false);
    expect(takes(100n, START + 10, [], changed({ onAdvancePayment: 'fewer-installments' }))).toBe(true);
    const ahead = [repaid(INSTALLMENT, START + 3, 'b')];
    expect(takes(100n, START + 10, ahead, changed({ onAdvancePayment: 'fewer-installments' }))).toBe(false);
    const perInstallment = { frequency: 'per-installment', every: 1 } as const;
    expect(takes(100n, START + 10, [], changed({ rest: perInstallment, payoffUntil: 'rest-date' }))).toBe(false);
    const { recalculation: _, ...fixed } = plain;
    expect(takes(100n, START + 10, [], fixed)).toBe(false);
    expect(takes(100n, START + 10, [], { ...plain, amortization: { kind: 'equal-principal' } })).toBe(false);
    expect(takes(100n, START + 10, [], { ...plain, interest: { ...plain.interest, method: 'flat' } })).toBe(false);
  });
});

/** What may be otherwise of the period that the money would be paid in. */
const OTHERWISE: readonly (readonly [what: string, otherwise: Partial<RepaymentPeriod>])[] = [
  ['its interest is due elsewhere', { interestPlace: 'later' }],
  ['its interest waits', { interestGrace: true }],
  ['it was re-aged', { reAged: true }],
  ['it holds what was paid early', { holdsEarly: true }],
  ['interest follows from no days', { fixedInterest: 1n }],
  ['it asks for interest of later days', { interestFromLater: 1n }],
  ['something was put back', { credited: 1n }],
  ['what was put back has moved', { creditedMoved: 1n }],
  ['principal leads the installment', { plannedPrincipal: 1n }],
];

/** What stands in the way of a turn, as it may be found in a loan that money would otherwise take its turn in. */
const OBSTACLES: readonly (readonly [
  what: string,
  put: (life: Life, first: RepaymentPeriod, last: RepaymentPeriod) => unknown,
])[] = [
  ...OTHERWISE.map(
    ([what, otherwise]) => [what, (_: Life, first: RepaymentPeriod) => Object.assign(first, otherwise)] as const,
  ),
  [
    'money is held for the borrower',
    (life) => {
      life.overpaid = 1n;
    },
  ],
  [
    'it was charged off',
    (life) => {
      life.chargedOffOn = START;
    },
  ],
  [
    'interest of later days is asked for',
    ({ model }) => {
      model.hasForward = true;
    },
  ],
  [
    'early payments change no installment',
    ({ model }) => {
      model.followsPayments = false;
    },
  ],
  [
    'an installment asks for less than was paid of it',
    ({ model }) => {
      model.sums.short = 1;
    },
  ],
  [
    'installments repay another sum',
    ({ model }) => {
      model.sums.duePrincipal += 1n;
    },
  ],
  [
    'its interest finds no room',
    (_, first) => {
      first.interest += 1n;
    },
  ],
  [
    'something has happened to a later one',
    (_, __, last) => {
      last.isUntouched = false;
    },
  ],
  [
    'a later one asks for no principal',
    ({ model: { periods } }) => {
      for (const period of periods.slice(2, 3)) period.duePrincipal = 0n;
    },
  ],
  [
    'the last one asks for hardly any principal',
    (_, __, last) => {
      last.duePrincipal = 2_000n;
    },
  ],
  [
    'the next one asks for hardly any principal',
    ({ model: { periods } }) => {
      for (const period of periods.slice(1, 2)) period.duePrincipal = 1_000n;
    },
  ],
  [
    'the last one is paid up',
    (_, __, last) => {
      last.emi = 0n;
    },
  ],
  [
    'it is paid down',
    ({ installments }) => {
      for (const installment of installments.slice(0, 1)) installment.kind = 'down-payment';
    },
  ],
  [
    'it has no period',
    ({ installments }) => {
      for (const installment of installments) installment.period = undefined;
    },
  ],
  [
    'it begins on another day than its period',
    ({ installments }) => {
      for (const installment of installments) installment.from -= 1;
    },
  ],
  [
    'it falls due on another day than its period',
    ({ installments }) => {
      for (const installment of installments) installment.due += 1;
    },
  ],
  ...(['principal', 'interest'] as const).flatMap((portion) => [
    [
      `an installment owes ${portion} beside its period`,
      ({ installments }: Life) => {
        for (const installment of installments.slice(3)) installment.beside[portion] = 1n;
      },
    ] as const,
    [
      `${portion} of an installment was waived`,
      ({ installments }: Life) => {
        for (const installment of installments.slice(3)) installment.waived[portion] = 1n;
      },
    ] as const,
    [
      `${portion} of an installment was written off`,
      ({ installments }: Life) => {
        for (const installment of installments.slice(3)) installment.writtenOff[portion] = 1n;
      },
    ] as const,
  ]),
];

const lived = (before: readonly LoanFact[] = []): Life => {
  const life = livedThrough(plain, agreed(PRINCIPAL, 6), [paidOut(PRINCIPAL), ...before], START + 10);
  if (life === undefined) throw new Error('it was paid out');
  return life;
};

test.each(OBSTACLES)('money takes no turn where %s', (_, put) => {
  const life = lived();
  const [first, last] = [life.model.periods[0], life.model.periods.at(-1)];
  if (first === undefined || last === undefined) throw new Error('it has periods');
  expect(takesTurn(lived(), repaid(100n, START + 10, 'z'))).toBe(true);
  put(life, first, last);
  expect(takesTurn(life, repaid(100n, START + 10, 'z'))).toBe(false);
});

test('no turn is taken in the next installment where that was changed, or the one before it is open', () => {
  const ahead = [repaid(INSTALLMENT, START + 3, 'b')];
  const payment = repaid(100n, START + 10, 'z');
  const changed = lived(ahead);
  for (const period of changed.model.periods.slice(1, 2)) period.plannedEmi += 1n;
  expect(takesTurn(changed, payment)).toBe(false);
  const reopened = lived(ahead);
  for (const period of reopened.model.periods.slice(0, 1)) period.emi += 1n;
  expect(takesTurn(reopened, payment)).toBe(false);
  expect(takesTurn(lived(ahead), payment)).toBe(true);
});

test('only money takes a turn, and not what gives interest back', () => {
  const on = START + 10;
  expect(
    takesTurn(lived(), { ...dated(on), kind: 'charge', charge: 'fee', calculation: { kind: 'flat', amount: '1.00' } }),
  ).toBe(false);
  const refund = { ...dated(on), kind: 'credit', credit: 'merchant-refund', amount: 100n } as const;
  expect(takesTurn(lived(), refund)).toBe(true);
  expect(takesTurn(lived(), { ...refund, refundsInterest: true })).toBe(false);
});

test('a turn goes on while money leaves the installment open, and ends before what does not', () => {
  const life = lived();
  expect(takesTurn(life, repaid(100n, START + 10, 'y'))).toBe(true);
  const { turn } = life;
  expect(life.model.behind).toEqual({ felt: 0, paid: 0 });
  expect(takesTurn(life, repaid(200n, START + 12, 'z'))).toBe(true);
  expect(life.turn).toBe(turn);
  expect(turn?.on).toBe(START + 12);
  expect(takesTurn(life, repaid(INSTALLMENT, START + 12, 'z'))).toBe(false);
  expect([life.turn, life.model.behind]).toEqual([undefined, undefined]);
});

/** Who looks on has every installment worked out after each payment. */
const onlooker: Witness = { begun: () => {}, happened: () => {} };

const accountWith = (
  terms: LoanTerms,
  principal: bigint,
  installments: number,
  facts: readonly LoanFact[],
  witness?: Witness,
): LoanAccount => {
  const asOf = Math.max(...facts.map(({ on }) => on)) + 30;
  const life = livedThrough(terms, agreed(principal, installments), facts, asOf, witness);
  if (life === undefined) throw new Error('it was paid out');
  return accountOf(life, facts, asOf);
};

test('a loan paid in many small parts is the same whether or not somebody looks on', () => {
  const loans = fc.record({
    life: anyLife,
    principal: fc.bigInt({ min: 50_000n, max: 500_000_000n }),
    installments: fc.integer({ min: 3, max: 24 }),
    perYear: fc.constantFrom('0.043', '0.12', '0.2399', '0.36'),
    allocation: fc.constantFrom(named('penalties-fees-interest-principal'), named('principal-interest-penalties-fees')),
    onAdvancePayment: fc.constantFrom('shrink-the-end' as const, 'fewer-installments' as const),
    happensMore: fc.boolean(),
    payments: fc.array(fc.record({ after: fc.integer({ min: 0, max: 12 }), hundredths: fc.bigInt(1n, 60n) }), {
      minLength: 5,
      maxLength: 60,
    }),
  });
  fc.assert(
    fc.property(loans, ({ life, principal, installments, perYear, allocation, onAdvancePayment, ...rest }) => {
      const terms: LoanTerms = {
        ...plain,
        ...(plain.recalculation && { recalculation: { ...plain.recalculation, onAdvancePayment } }),
        rounding: life.terms.rounding,
        interest: { ...life.terms.interest, method: 'declining-balance' },
        penalty: life.terms.penalty,
        charges: life.terms.charges,
        rate: { kind: 'fixed', perYear },
        allocation,
      };
      const { happensMore, payments } = rest;
      let day = START;
      const paid = payments.map(({ after, hundredths }, index): LoanFact => {
        day += after;
        return repaid((principal * hundredths) / BigInt(installments * 100) + 1n, day, `p${index}`);
      });
      const more = happensMore ? life.facts.slice(1) : [];
      const facts = [paidOut(principal), ...more, ...paid];
      expect(accountWith(terms, principal, installments, facts)).toEqual(
        accountWith(terms, principal, installments, facts, onlooker),
      );
    }),
    { numRuns: 200 },
  );
});
