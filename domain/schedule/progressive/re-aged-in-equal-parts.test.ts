import { agreed, paidOut, START, termsWith } from '../../../tests/support/progressive-loans';
import type { LoanTerms } from '../loan-terms';
import type { LoanFact } from '../replay';
import { replay } from '.';

const dated = (on: number, id: string) => ({ id, on, knownOn: on });
const reAge: LoanFact = {
  ...dated(START + 62, 'b'),
  ...{ kind: 're-age', period: { every: 1, unit: 'months' }, startsOn: START + 91, installments: 5 },
  interest: 'equal-of-full',
};
const LATER = START + 125;

/** 10,000.00 over six months at 12 %, re-aged in equal parts when two installments are overdue. */
const reAged = (facts: readonly LoanFact[], chargeOff: LoanTerms['chargeOff'] = 'regular') =>
  replay(termsWith({ chargeOff }), agreed(1_000_000n, 6), [paidOut(1_000_000n), reAge, ...facts], LATER);
const agreedInterest = reAged([]).outstanding.interest;
const owed = ({ installments }: ReturnType<typeof reAged>) => installments.map((row) => [row.due, row.owed]);

describe('the interest of a re-aging in equal parts is agreed', () => {
  test.each(['termination', 'charge-off'] as const)('and falls due at once, all of it, with a %s', (kind) => {
    const ended = reAged([{ ...dated(LATER, 'c'), kind }], 'accelerate-maturity');
    expect(ended.installments.at(-1)?.due).toBe(LATER);
    expect(ended.outstanding).toMatchObject({ principal: 1_000_000n, interest: agreedInterest });
  });

  test('and stays when interest of later days is dropped', () => {
    const chargedOff = reAged([{ ...dated(LATER, 'c'), kind: 'charge-off' }], 'zero-interest');
    expect(owed(chargedOff)).toEqual(owed(reAged([])));
  });

  test('and no other rate changes it', () => {
    expect(owed(reAged([{ ...dated(START + 100, 'c'), kind: 'rate-change', perYear: '0.36' }]))).toEqual(
      owed(reAged([])),
    );
  });
});
