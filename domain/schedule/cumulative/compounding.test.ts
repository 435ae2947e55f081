import fc from 'fast-check';
import { lives, START } from '../../../tests/support/cumulative-lives';
import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { payoff, replay } from '.';
import { agreed, day, disbursed, RECALCULATED, repaid } from './terms.fixture';

/** 5,000.00 at 12 %, ACT/365: 812.68 and 49.32 on 1 December, 862.00 a month from then on. */

type Compounding = NonNullable<LoanTerms['recalculation']>['compounding'];

const compounding = (how: Compounding, terms = RECALCULATED): LoanTerms => ({
  ...terms,
  ...(terms.recalculation && { recalculation: { ...terms.recalculation, compounding: how } }),
});

const interestOf = (terms: LoanTerms, facts: readonly LoanFact[], asOf: string, installments = 6) =>
  replay(terms, agreed(500_000n, installments), [disbursed(500_000n), ...facts], day(asOf)).installments.map(
    ({ owed }) => owed.interest,
  );

const fee: LoanFact = {
  kind: 'charge',
  charge: 'fee',
  id: 'fee',
  on: day('2022-11-20'),
  knownOn: day('2022-11-20'),
  dueOn: day('2022-12-01'),
  calculation: { kind: 'flat', amount: '10.00' },
};

describe('what is overdue bears interest as the contract says', () => {
  it.each<readonly [Compounding, bigint]>([
    ['none', 50_96n], // 5,000.00 × 12 % × 31/365
    ['interest', 51_46n], // 5,049.32
    ['fee', 51_06n], // 5,010.00
    ['interest-and-fee', 51_56n], // 5,059.32
  ])('%s', (how, second) => {
    expect(interestOf(compounding(how), [fee], '2023-01-01')[1]).toBe(second);
  });

  it('what interest has borne bears it in turn', () => {
    // (5,000.00 + 49.32 + 51.46) × 12 % × 31/365
    expect(interestOf(compounding('interest'), [], '2023-02-01').slice(0, 3)).toEqual([49_32n, 51_46n, 51_99n]);
  });

  it('no longer than until it is paid', () => {
    // 10 days of 5,049.32 and 21 of 5,000.00: 16.60 + 34.52
    expect(interestOf(compounding('interest'), [repaid(49_32n, '2022-12-11')], '2023-01-01')[1]).toBe(51_12n);
  });

  it('and once the plan is over', () => {
    // 30 days of 5,049.32
    expect(interestOf(compounding('interest'), [], '2022-12-31', 1)).toEqual([49_32n, 49_80n]);
    const { recalculation, ...rest } = compounding('interest');
    const alone: LoanTerms = {
      ...rest,
      ...(recalculation && { recalculation: { ...recalculation, overduePrincipalBearsInterest: false } }),
    };
    // 30 days of 49.32
    expect(interestOf(alone, [], '2022-12-31', 1)).toEqual([49_32n, 49n]);
  });

  it('in a payoff too', () => {
    const facts = [disbursed(500_000n)];
    const owed = (how: Compounding) => payoff(compounding(how), agreed(500_000n, 6), facts, day('2022-12-21')).interest;
    // 20 days of 5,000.00, and of 5,049.32
    expect([owed('none'), owed('interest')]).toEqual([49_32n + 32_88n, 49_32n + 33_20n]);
  });
});

describe('whatever happens', () => {
  const compounded = lives.filter(
    ({ chosen: { interest, recalculation } }) => recalculation !== undefined && interest.method !== 'flat',
  );

  // Nominal months do not add up: interest that is compounded inside one counts its two parts, which may be less.
  const addingUp = compounded.filter(({ chosen: { interest } }) => !interest.dayCount.startsWith('nominal'));

  it('interest on interest makes no loan cheaper, but for what is rounded', () => {
    fc.assert(
      fc.property(addingUp, ({ amount, asOf, chosen, count, facts }) => {
        const agreement = { principal: amount, installments: count, submittedOn: START };
        const [without, ...others] = (['none', 'fee', 'interest', 'interest-and-fee'] as const).map((how) =>
          replay(compounding(how, chosen), agreement, facts, START + asOf).installments.reduce(
            (sum, { owed }) => sum + owed.interest,
            0n,
          ),
        );
        for (const interest of others) expect(interest).toBeGreaterThanOrEqual((without ?? 0n) - 40n);
      }),
      { numRuns: 100 },
    );
  });

  it('who pays on time pays none', () => {
    fc.assert(
      fc.property(compounded, ({ amount, chosen, count }) => {
        const agreement = { principal: amount, installments: count, submittedOn: START };
        const paidOut: LoanFact = { kind: 'disbursement', id: 'a', on: START, knownOn: START, amount };
        const plain = replay(compounding('none', chosen), agreement, [paidOut], START);
        const onTime = plain.installments.map(
          ({ due, owed }, index): LoanFact => ({
            ...{ kind: 'credit', credit: 'repayment', id: `m${index}`, on: due, knownOn: due },
            amount: owed.principal + owed.interest,
          }),
        );
        const end = plain.installments.at(-1)?.due ?? START;
        const account = replay(compounding('interest-and-fee', chosen), agreement, [paidOut, ...onTime], end);
        expect(account.installments.map(({ owed }) => owed)).toEqual(plain.installments.map(({ owed }) => owed));
      }),
      { numRuns: 100 },
    );
  });
});
