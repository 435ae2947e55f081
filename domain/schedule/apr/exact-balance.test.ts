import type { CashFlow } from './cash-flows';
import type { Equation } from './equation';
import { exactBalance } from './exact-balance';

const flow = (cash: bigint, whole: number, numerator = 0, denominator = 1): CashFlow => ({
  cash,
  whole,
  part: { numerator, denominator },
});

const ACTUARIAL: Equation = { kind: 'actuarial', perYear: { numerator: 4, denominator: 1 } };
const EFFECTIVE: Equation = { kind: 'effective', perYear: { numerator: 4, denominator: 1 } };

describe('which side weighs more, to the last digit', () => {
  it('by the actuarial method: simple interest over a part of a period, whole periods compounded', () => {
    // 8 % a year are 2 % a quarter: 10,000 × 1.02² × (1 + ½ × 0.02) = 10,508.04.
    const flows = (paid: bigint) => [flow(1_000_000n, 0), flow(-paid, 2, 1, 2)];
    expect(exactBalance(ACTUARIAL, flows(1_050_804n), 8n, 2)).toBe(0);
    expect(exactBalance(ACTUARIAL, flows(1_050_803n), 8n, 2)).toBe(1);
    expect(exactBalance(ACTUARIAL, flows(1_050_805n), 8n, 2)).toBe(-1);
  });

  it('by the effective method: compounded through parts of a period too', () => {
    // 21 % a year over half a year are 10 %, of which a quarter and two halves of a quarter make one half.
    const flows = (paid: bigint) => [flow(1_000_000n, 0), flow(-paid, 1, 2, 2)];
    expect(exactBalance(EFFECTIVE, flows(1_100_000n), 21n, 2)).toBe(0);
    expect(exactBalance(EFFECTIVE, flows(1_099_999n), 21n, 2)).toBe(1);
    expect(exactBalance(EFFECTIVE, flows(1_100_001n), 21n, 2)).toBe(-1);
    // Over an eighth of a year each: 1.4641^(1/4) = 1.1, of the second twice as long.
    const halves = [flow(1_000_000n, 0), flow(-550_000n, 1, 0), flow(-605_000n, 1, 4, 4)];
    expect(exactBalance({ kind: 'effective', perYear: { numerator: 4, denominator: 1 } }, halves, 4641n, 4)).toBe(0);
  });

  it('at −100 % a period or below nothing has a worth', () => {
    const flows = [flow(100n, 0), flow(-90n, 1)];
    expect(exactBalance(ACTUARIAL, flows, -4n, 0)).toBeUndefined();
    expect(exactBalance(ACTUARIAL, flows, -399n, 2)).toBe(-1);
    expect(exactBalance(EFFECTIVE, flows, -1n, 0)).toBeUndefined();
    expect(exactBalance(EFFECTIVE, flows, -99n, 2)).toBe(-1);
  });
});
