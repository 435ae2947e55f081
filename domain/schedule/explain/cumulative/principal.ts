import { unreachable } from '../../../kernel';
import { type AmountRules, amountOf } from '../../cumulative/amounts';
import { exactInstallment } from '../../cumulative/equal-installment';
import type { NotedBase, NotedPrincipal, RowNote } from '../../cumulative/plan-notes';
import { decimalOf, over, times, whole } from '../../progressive/model/precision';
import type { Calculation, CalculationOf } from '../calculation';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine, quotient } from '../pen';
import { countedShown, decimal } from './counted';
import { placeOf } from './interest';

/** What an installment asks for of principal as it was planned, before what was put back. */
export const principalLines = ({ principal, more }: RowNote, rules: AmountRules, pen: Pen): readonly PlainLine[] => {
  if (principal === undefined) return [];
  const { planned, outstanding, by, held, early } = principal;
  const ahead: readonly PlainLine[] = [
    { does: 'at-least', why: 'paid-principal', amount: early },
    ...more.map(({ fact, amount }): PlainLine => ({ does: 'add', why: 'paid', amount, facts: [fact] })),
  ];
  if (by === 'rest') {
    const calculation = {
      kind: 'remainder',
      lent: pen.money(planned + outstanding),
      elsewhere: pen.money(planned),
    } as const;
    return [{ does: 'add', why: 'takes-what-is-left', amount: outstanding, calculation }, ...ahead];
  }
  return [
    ...plannedLines(principal, rules, pen),
    { does: 'at-least', why: 'not-below-zero', amount: 0n },
    { does: 'at-most', why: 'all-there-is', amount: outstanding },
    { does: 'subtract', why: 'paid-before', amount: held },
    ...ahead,
  ];
};

const plannedLines = (principal: NotedPrincipal, rules: AmountRules, pen: Pen): readonly PlainLine[] => {
  const { by, wanted, borne, base, evenly } = principal;
  switch (by) {
    case 'rest':
    case 'nothing':
      return [];
    case 'installment':
      return [
        ...installmentLines(base, wanted + borne, rules, pen),
        { does: 'subtract', why: 'less-interest', amount: borne },
      ];
    case 'principal': {
      if (evenly !== undefined) return evenLines(evenly, wanted, rules, pen);
      const isBase = base !== undefined && base.kind !== 'agreed' && base.amount === wanted;
      const calculation = isBase ? baseCalculation(base, rules, pen) : undefined;
      return [
        {
          does: 'add',
          why: 'planned-principal',
          amount: wanted,
          ...(calculation !== undefined && { calculation }),
        },
      ];
    }
    default:
      return unreachable(by);
  }
};

const installmentLines = (
  base: NotedBase | undefined,
  amount: bigint,
  rules: AmountRules,
  pen: Pen,
): readonly PlainLine[] => {
  if (base === undefined || base.amount !== amount) return [{ does: 'add', why: 'installment', amount }];
  if (base.kind === 'agreed') return [{ does: 'add', why: 'fixed-installment', amount }];
  return [{ does: 'add', why: 'equal-installment', amount, calculation: baseCalculation(base, rules, pen) }];
};

/** The installment that was in force; undefined where principal leads. */
export const installmentFigure = ({ principal }: RowNote, rules: AmountRules, pen: Pen): Figure | undefined => {
  if (principal === undefined || principal.by !== 'installment') return undefined;
  const amount = principal.wanted + principal.borne;
  return pen.figure(amount, installmentLines(principal.base, amount, rules, pen));
};

const evenLines = (
  { sum, count }: NonNullable<NotedPrincipal['evenly']>,
  wanted: bigint,
  rules: AmountRules,
  pen: Pen,
): readonly PlainLine[] => {
  const { even, shown } = evenShare(sum, count, rules, pen);
  return [
    { does: 'add', why: 'even-share', amount: even, calculation: shown },
    change(wanted - even, { why: 'to-multiple' }),
  ];
};

const evenShare = (
  sum: bigint,
  count: number,
  rules: AmountRules,
  pen: Pen,
): { readonly even: bigint; readonly shown: CalculationOf<'even-share'> } => {
  const even = amountOf(sum, BigInt(count), rules);
  const rounding = pen.rounding(over(whole(sum), whole(count)), even, placeOf(rules));
  return { even, shown: { kind: 'even-share', sum: pen.money(sum), count, rounding } };
};

const baseCalculation = (base: Exclude<NotedBase, { kind: 'agreed' }>, rules: AmountRules, pen: Pen): Calculation => {
  switch (base.kind) {
    case 'even':
      return evenShare(base.principal, base.periods, rules, pen).shown;
    case 'share': {
      const exact = times(whole(base.principal), decimalOf(base.share));
      return {
        kind: 'share',
        basis: 'principal',
        of: pen.money(base.principal),
        share: base.share,
        rounding: pen.rounding(exact, base.amount, placeOf(rules)),
      };
    }
    case 'annuity':
      return annuity(base, rules, pen);
    default:
      return unreachable(base);
  }
};

const annuity = (
  { principal, rest, perYear, counted, factor, periods, amount }: Extract<NotedBase, { kind: 'annuity' }>,
  rules: AmountRules,
  pen: Pen,
): CalculationOf<'annuity'> => {
  const { share, unit = perYear } = countedShown(counted, perYear, pen);
  const { installmentMultiple: multiple, rounding, unit: quantum } = rules;
  const isToMultiple = multiple !== undefined && amount > 0n && amount % multiple === 0n;
  const { numerator, denominator } = exactInstallment(principal, factor, periods, rest);
  const exact = quotient(numerator, denominator);
  return {
    kind: 'annuity',
    balance: pen.money(principal),
    ...(rest > 0n && { rest: pen.money(rest) }),
    perYear,
    unit,
    share,
    factor: pen.number(decimal(factor)),
    periods,
    rounding: pen.rounding(exact, amount, { rounding, quantum: isToMultiple ? multiple : quantum }),
  };
};
