import { unreachable } from '../../../kernel';
import { type AmountRules, amountOf } from '../../cumulative/amounts';
import type { NotedRun, Step } from '../../cumulative/bearing';
import { carriedTimes } from '../../cumulative/carried';
import type { NotedFlat, NotedInterest, RowNote } from '../../cumulative/plan-notes';
import type { Row } from '../../cumulative/row';
import { over, whole } from '../../progressive/model/precision';
import type { BalanceChange, Calculation, CalculationOf } from '../calculation';
import type { Figure } from '../figure';
import { change, type Pen, type Place, type PlainLine } from '../pen';
import { countedShown, decimal } from './counted';

export const placeOf = ({ rounding, unit }: AmountRules): Place => ({ rounding, quantum: unit });

/** The interest of an installment as it was planned, run of days by run of days or as its part of flat interest. */
export const interestFigure = (row: Row, note: RowNote | undefined, rules: AmountRules, pen: Pen): Figure => {
  const { interest } = row.owed;
  const lines = [
    ...(note?.interest === undefined ? [] : interestLines(note.interest, rules, pen)),
    change(note?.atTheEnd ?? 0n, { why: 'put-off' }),
  ];
  return pen.figure(interest, lines);
};

const interestLines = (interest: NotedInterest, rules: AmountRules, pen: Pen): readonly PlainLine[] => {
  switch (interest.kind) {
    case 'free':
      return [];
    case 'flat':
      return flatLines(interest, rules, pen);
    case 'days': {
      const { runs, carriedIn, room, putOff, isPutOff } = interest;
      const borne: readonly PlainLine[] = [
        ...runs.map((run) => runLine(run, rules, pen)),
        { does: 'add', why: 'carried-in', amount: carriedIn },
      ];
      if (isPutOff) return [...borne, { does: 'at-most', why: 'grace', amount: 0n }];
      return [
        ...borne,
        ...(room === undefined ? [] : [{ does: 'at-most', why: 'no-room', amount: room } as const]),
        { does: 'add', why: 'put-off', amount: putOff },
      ];
    }
    default:
      return unreachable(interest);
  }
};

/** Days with one balance and one rate: rounded by themselves, as this planning does. */
const runLine = (run: NotedRun, rules: AmountRules, pen: Pen): PlainLine => {
  const { from, to, balance, perYear, isPaused, counted, factor, interest } = run;
  const bears = balance > 0n && to > from && !isPaused;
  const exact = bears ? decimal(carriedTimes(factor, balance)) : whole(0);
  const calculation: CalculationOf<'interest'> = {
    kind: 'interest',
    segments: [
      {
        from: pen.date(from),
        to: pen.date(to),
        days: to - from,
        balance: pen.money(balance),
        perYear,
        paused: isPaused,
        ...countedShown(counted, perYear, pen),
        factor: pen.number(decimal(factor)),
        exact: pen.exact(exact),
        changes: run.steps.map((step) => changeShown(step, pen)),
      },
    ],
    rounding: pen.rounding(exact, interest, placeOf(rules)),
  };
  return { does: 'add', why: 'days-interest', amount: interest, calculation };
};

const changeShown = ({ delta, fact, isLate }: Step, pen: Pen): BalanceChange => ({
  what: isLate ? 'overdue' : fact === undefined ? 'other' : delta > 0n ? 'paid-out' : 'paid-early',
  amount: pen.money(delta),
  ...(fact !== undefined && { fact }),
});

type Flat = Extract<NotedInterest, { kind: 'flat' }>;

const flatLines = (
  { each, putOff, total, asked, isLast, from }: Flat,
  rules: AmountRules,
  pen: Pen,
): readonly PlainLine[] => {
  if (isLast) {
    const calculation = { kind: 'remainder', lent: pen.money(total), elsewhere: pen.money(asked) } as const;
    return [{ does: 'add', why: 'takes-what-is-left', amount: total - asked, calculation }];
  }
  const calculation = each > 0n && from !== undefined ? flatCalculation(from, each, rules, pen) : undefined;
  return [
    { does: 'add', why: 'flat-interest', amount: each, ...(calculation !== undefined && { calculation }) },
    change(putOff, { why: 'put-off' }),
    { does: 'at-most', why: 'all-there-is', amount: total - asked },
  ];
};

const flatCalculation = (from: NotedFlat, each: bigint, rules: AmountRules, pen: Pen): Calculation => {
  const place = placeOf(rules);
  if (from.kind === 'rest') {
    const count = Math.max(1, from.installments);
    const rounding = pen.rounding(over(whole(from.sum), whole(count)), each, place);
    return { kind: 'even-share', sum: pen.money(from.sum), count, rounding };
  }
  const { principal, perYear, counted, factor, total, installments, free, putOff } = from;
  const { share, unit = perYear } = countedShown(counted, perYear, pen);
  const freed = amountOf(total, BigInt(installments), rules) * BigInt(free);
  const charged = free >= installments || freed > total ? 0n : total - freed;
  const paying = installments - free - putOff;
  return {
    kind: 'flat-interest',
    principal: pen.money(principal),
    perYear,
    unit,
    share,
    factor: pen.number(decimal(factor)),
    whole: pen.rounding(decimal(carriedTimes(factor, principal)), total, place),
    installments,
    free,
    asking: paying,
    rounding: pen.rounding(paying <= 0 ? whole(charged) : over(whole(charged), whole(paying)), each, place),
  };
};
