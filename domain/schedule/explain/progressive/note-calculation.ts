import { evenly } from '../../progressive/model/installment-amount';
import { roundedAmount } from '../../progressive/model/money-rules';
import type { NotedRate, PlanNote } from '../../progressive/model/plan-note';
import { type Decimal, ONE, over, plus, times, whole } from '../../progressive/model/precision';
import type { CalculationOf } from '../calculation';
import type { Pen } from '../pen';
import type { Witnessed } from './witness';

type NoteOf<Kind extends PlanNote['kind']> = Extract<PlanNote, { kind: Kind }>;

/** How a planned amount was worked out, from what was noted when it was. */
export const noteCalculation = (
  witness: Witnessed,
  note: NoteOf<'equal'> | NoteOf<'even'>,
  pen: Pen,
): CalculationOf<'equal-installment'> | CalculationOf<'even-share'> =>
  note.kind === 'equal'
    ? equalCalculation(witness, note, pen)
    : evenCalculation(witness, note.sum, note.dues.length, pen);

const equalCalculation = (
  { life }: Witnessed,
  { balance, balloon, dues, rates, spread }: NoteOf<'equal'>,
  pen: Pen,
): CalculationOf<'equal-installment'> => {
  const { money } = life.model;
  let growth: Decimal = balloon > 0n ? whole(balance) : ONE;
  let divisor: Decimal | undefined;
  let product = ONE;
  for (const parts of rates) {
    const ratio = parts.reduce((sum, { factor }) => plus(sum, factor), ONE);
    growth = times(growth, ratio);
    product = times(product, ratio);
    divisor = divisor === undefined ? ONE : plus(ONE, times(divisor, ratio));
  }
  const grown = balloon > 0n ? less(growth, balloon) : times(growth, whole(balance));
  const exact = over(grown, divisor ?? ONE);
  return {
    kind: 'equal-installment',
    balance: pen.money(balance),
    ...(balloon > 0n && { balloon: pen.money(balloon) }),
    periods: dues.map((due, index) => ({
      due: pen.date(due),
      rates: (rates[index] ?? []).filter(isLong).map(({ from, to, perYear, share, factor }) => ({
        from: pen.date(from),
        to: pen.date(to),
        perYear: pen.number(perYear),
        share: pen.share(share),
        factor: pen.number(factor),
      })),
    })),
    growth: pen.number(product),
    divisor: pen.number(divisor ?? ONE),
    rounding: pen.rounding(exact, roundedAmount(money, exact), money),
    ...(spread > 0n && {
      spread: { sum: pen.money(spread), each: pen.money(evenly(money, spread, dues.length)) },
    }),
    ...(money.installmentMultiple !== undefined && { multiple: pen.money(money.installmentMultiple) }),
  };
};

/** What has no days of its own bears nothing. */
const isLong = ({ from, to }: NotedRate): boolean => to > from;

/** Nothing where the balloon is more than all that would be owed. */
const less = (grown: Decimal, balloon: bigint): Decimal => {
  const taken = balloon * 10n ** BigInt(Math.max(0, grown.scale));
  return { digits: grown.digits > taken ? grown.digits - taken : 0n, scale: grown.scale };
};

const evenCalculation = ({ life }: Witnessed, sum: bigint, count: number, pen: Pen): CalculationOf<'even-share'> => {
  const { money } = life.model;
  const exact = over(whole(sum), whole(count));
  return {
    kind: 'even-share',
    sum: pen.money(sum),
    count,
    rounding: pen.rounding(exact, roundedAmount(money, exact), money),
    ...(money.installmentMultiple !== undefined && { multiple: pen.money(money.installmentMultiple) }),
  };
};

/** The share that each installment takes of what the last one differed by; the installment goes to its multiple. */
export const smoothingCalculation = (
  witness: Witnessed,
  { difference, count }: NoteOf<'smoothed'>,
  pen: Pen,
): CalculationOf<'even-share'> => evenCalculation(witness, difference < 0n ? -difference : difference, count, pen);
