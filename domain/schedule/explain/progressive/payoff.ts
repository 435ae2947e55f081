import { assert } from '../../../kernel';
import { chargeEarlySettlement } from '../../progressive/life/early-settlement';
import { type Installment, outstandingOf } from '../../progressive/life/installment';
import { followsDays } from '../../progressive/life/life';
import { payoffAmounts } from '../../progressive/life/payoff';
import { payoffDay } from '../../progressive/life/replay';
import { absorb } from '../../progressive/model/absorb';
import type { Model } from '../../progressive/model/model';
import { interestUntil } from '../../progressive/model/until';
import type { PortionAmounts } from '../../replay';
import type { ExplainedPayoff } from '../payoff-explanation';
import type { Pen, PlainLine } from '../pen';
import { change } from '../pen';
import { interestFigureUntil } from './interest';
import type { Witnessed } from './witness';

type Portion = keyof PortionAmounts;

/** What closes the loan on the day that was witnessed. */
export const explainedPayoff = (witness: Witnessed, pen: Pen): ExplainedPayoff => {
  const { life, asOf } = witness;
  const day = payoffDay(life, asOf);
  chargeEarlySettlement(life, asOf, day);
  const amounts = payoffAmounts(life, day);
  const owed = (portion: Portion, which = life.installments) => owedLines(life.installments, which, portion);
  const rest = {
    interestThrough: pen.date(day),
    fee: pen.figure(amounts.fee, owed('fee')),
    penalty: pen.figure(amounts.penalty, owed('penalty')),
  };
  if (!followsDays(life)) {
    return {
      ...rest,
      principal: pen.figure(amounts.principal, owed('principal')),
      interest: pen.figure(amounts.interest, owed('interest')),
      installments: [],
    };
  }
  const until = interestUntil(life.model, day);
  absorb(until, day);
  const beside = life.installments.filter(({ period }) => period === undefined);
  return {
    ...rest,
    principal: pen.figure(amounts.principal, [
      { does: 'add', why: 'lent', amount: until.principal },
      { does: 'subtract', why: 'paid', amount: until.sums.paidPrincipal },
      { does: 'at-least', why: 'not-below-zero', amount: 0n },
      ...owed('principal', beside),
    ]),
    interest: pen.figure(amounts.interest, [
      ...periodLines(witness, until),
      { does: 'at-least', why: 'not-below-zero', amount: 0n },
      ...owed('interest', beside),
    ]),
    installments: installmentsUntil(witness, until, day, pen),
  };
};

const owedLines = (
  all: readonly Installment[],
  which: readonly Installment[],
  portion: Portion,
): readonly PlainLine[] =>
  which.map((installment) => {
    const left = outstandingOf(installment, portion);
    const name = `installment ${all.indexOf(installment) + 1}`;
    return { does: 'add', why: 'still-owed', amount: left > 0n ? left : 0n, name };
  });

const numberOf = ({ life: { installments, model } }: Witnessed, index: number): number => {
  const period = model.periods[index];
  const found = installments.findIndex((installment) => installment.period === period);
  // Where an installment is no longer its period's, the period stands where it stood.
  return (found < 0 ? index : found) + 1;
};

const periodLines = (witness: Witnessed, { periods }: Model): readonly PlainLine[] =>
  periods.map(({ dueInterest, paidInterest }, index) =>
    change(dueInterest - paidInterest, { why: 'still-owed', name: `installment ${numberOf(witness, index)}` }),
  );

const installmentsUntil = (
  witness: Witnessed,
  until: Model,
  day: number,
  pen: Pen,
): ExplainedPayoff['installments'] => {
  const then: Witnessed = { ...witness, life: { ...witness.life, model: until } };
  return until.periods.flatMap((period, index) => {
    if (period.dueInterest === period.paidInterest) return [];
    const installment = witness.life.model.periods[index];
    assert(installment !== undefined, 'a model that was cut short has the periods of the one it was');
    return [
      {
        n: numberOf(witness, index),
        from: pen.date(period.from),
        due: pen.date(period.due),
        interest: interestFigureUntil(then, period, day, pen),
        paid: pen.money(period.paidInterest),
      },
    ];
  });
};
