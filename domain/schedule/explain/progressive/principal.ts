import type { Installment } from '../../progressive/life/installment';
import { creditedIn, type RepaymentPeriod } from '../../progressive/model/model';
import type { Figure } from '../figure';
import { change, type Pen, type PlainLine } from '../pen';
import { isLastToRepay } from './installment-figure';
import { factsMoving } from './turns';
import type { Witnessed } from './witness';

/** The principal of an installment that has a period: what interest leaves of it, or all that is left. */
export const principalFigure = (
  witness: Witnessed,
  installment: Installment,
  period: RepaymentPeriod,
  pen: Pen,
): Figure => {
  const { principal } = installment.owed;
  if (principal > 0n && takesWhatIsLeft(witness, period)) {
    return pen.figure(principal, [remainderLine(witness, installment, pen)]);
  }
  return pen.figure(principal, [
    { does: 'add', why: 'installment', amount: period.emi },
    change(creditedIn(period), { why: 'put-back' }),
    { does: 'add', why: 'interest-of-later-days', amount: period.interestFromLater },
    { does: 'subtract', why: 'less-interest', amount: period.dueInterest },
    { does: 'at-least', why: 'paid-principal', amount: period.paidPrincipal },
    change(principal - period.duePrincipal, {
      why: 'moved',
      facts: factsMoving(witness, installment, 'principal'),
    }),
  ]);
};

/** The last that repays anything takes what the others leave, unless it is an installment like them. */
const takesWhatIsLeft = (witness: Witnessed, period: RepaymentPeriod): boolean =>
  isLastToRepay(witness, period) && (period.emi !== period.plannedEmi || period.plannedPrincipal !== undefined);

const remainderLine = ({ life }: Witnessed, installment: Installment, pen: Pen): PlainLine => {
  const lent = [...life.disbursements, ...life.putBacks].reduce((sum, { amount }) => sum + amount, 0n);
  const elsewhere = life.installments.reduce(
    (sum, other) => (other === installment ? sum : sum + other.owed.principal),
    0n,
  );
  return {
    does: 'add',
    why: 'takes-what-is-left',
    amount: lent - elsewhere,
    calculation: { kind: 'remainder', lent: pen.money(lent), elsewhere: pen.money(elsewhere) },
  };
};
