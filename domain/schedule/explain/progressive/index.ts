import type { Installment } from '../../progressive/life/installment';
import { downPaymentOf, sharePaidDown } from '../../progressive/model/down-payment';
import { roundedAmount } from '../../progressive/model/money-rules';
import { decimalOf, times, whole } from '../../progressive/model/precision';
import type { ExplainedFigures } from '../explanation';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine } from '../pen';
import { feeFigure, penaltyFigure } from './charges';
import { installmentFigure } from './installment-figure';
import { interestFigure, openingFigure } from './interest';
import { principalFigure } from './principal';
import { historyOf } from './turns';
import type { Witnessed } from './witness';

export { explainedPayoff } from './payoff';
export { type Witnessed, witnessed } from './witness';

/** Where the figures of an installment come from; undefined where there is none of that number. */
export const explained = (witness: Witnessed, n: number, pen: Pen): ExplainedFigures | undefined => {
  const installment = witness.life.installments[n - 1];
  if (installment === undefined) return undefined;
  const { period } = installment;
  const rest = {
    fee: feeFigure(witness, installment, pen),
    penalty: penaltyFigure(witness, installment, pen),
    history: historyOf(witness, installment, pen),
  };
  if (period === undefined) {
    return {
      interest: byTurns(witness, installment, 'interest', pen),
      principal:
        installment.kind === 'down-payment'
          ? downPayment(witness, installment, pen)
          : byTurns(witness, installment, 'principal', pen),
      ...rest,
    };
  }
  const opening = openingFigure(witness, period, pen);
  return {
    ...(opening !== undefined && { opening }),
    interest: interestFigure(witness, installment, period, pen),
    installment: installmentFigure(witness, installment, period, pen),
    principal: principalFigure(witness, installment, period, pen),
    ...rest,
  };
};

/** What follows from no days of its own came to it fact by fact. */
const byTurns = (
  { turnsOf }: Witnessed,
  installment: Installment,
  portion: 'principal' | 'interest',
  pen: Pen,
): Figure => {
  let before = 0n;
  const lines: PlainLine[] = [];
  for (const { fact, owed } of turnsOf(installment)) {
    lines.push(change(owed[portion] - before, { why: 'moved', ...(fact !== undefined && { facts: [fact.id] }) }));
    before = owed[portion];
  }
  return pen.figure(installment.owed[portion], lines);
};

/** A share of what was paid out that day. */
const downPayment = (witness: Witnessed, installment: Installment, pen: Pen): Figure => {
  const { terms, disbursements, model } = witness.life;
  const { downPayment: agreed } = terms;
  const { principal } = installment.owed;
  const payout = disbursements.find(
    ({ on, amount }) => on === installment.due && downPaymentOf(terms, model.money, amount) === principal,
  );
  if (agreed === undefined || payout === undefined) return byTurns(witness, installment, 'principal', pen);
  const exact = times(whole(payout.amount), decimalOf(agreed.share));
  return pen.figure(principal, [
    {
      does: 'add',
      why: 'down-payment',
      amount: sharePaidDown(terms, model.money, payout.amount),
      facts: [payout.fact],
      calculation: {
        kind: 'share',
        basis: 'paid-out',
        of: pen.money(payout.amount),
        share: agreed.share,
        rounding: pen.rounding(exact, roundedAmount(model.money, exact), model.money),
        ...(model.money.installmentMultiple !== undefined && { multiple: pen.money(model.money.installmentMultiple) }),
      },
    },
    { does: 'at-most', why: 'all-there-is', amount: payout.amount },
  ]);
};
