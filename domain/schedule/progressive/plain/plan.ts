import type { Day } from '../../../calendar';
import { minorDigits } from '../../../kernel';
import { nearestDouble, wholeAmount } from '../../doubles';
import type { LoanTerms } from '../../loan-terms';
import type { LoanAgreement, PlannedDisbursement, PlannedInstallment } from '../../replay';
import { downPaymentOf } from '../model/down-payment';
import { moneyRulesOf } from '../model/money-rules';
import { dueDatesOf, startOf } from '../model/repayment-periods';
import { smoothed } from './equal';
import { flat } from './flat';
import { levelled } from './level';
import { led } from './principal';
import { interestGraceOf, periodRates } from './rates';
import type { PlainLoan, PlainRows } from './rows';
import type { PlainDates } from './shares';

/**
 * The plan of a loan that is paid out in one sum on the day its dates are counted from, worked out in doubles. Every
 * figure is a whole number below 2^50 or is rounded from one whose error cannot reach the next minor unit (or else
 * worked out digit by digit), so the plan is the same as the model's. Undefined where that cannot be said.
 */
export const plainPlan = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  { on, amount }: PlannedDisbursement,
): readonly PlannedInstallment[] | undefined => {
  if (amount >= MOST || startOf(terms, agreement, on) !== on) return undefined;
  const money = moneyRulesOf(terms);
  const down = downPaymentOf(terms, money, amount);
  const dates: PlainDates = { start: on, dues: dueDatesOf(terms, agreement, on) };
  const count = dates.dues.length;
  if (count <= terms.grace.principal) return undefined;
  const loan: PlainLoan = {
    money,
    isNearest: money.quantum === 1n && (money.rounding === 'HALF_EVEN' || money.rounding === 'HALF_UP'),
    rates: periodRates(terms, agreement, money, dates),
    principal: nearestDouble(amount - down),
    isFlat: terms.interest.method === 'flat',
    count,
    principalGrace: terms.grace.principal,
    interestGrace: interestGraceOf(terms, count),
    perUnit: 10 ** minorDigits(terms.currency),
  };
  const rows = shaped(terms, loan);
  return rows && installmentsOf(dates, rows, terms.downPayment && { on, down }, loan.principal);
};

const MOST = 2n ** 46n;

const shaped = (terms: LoanTerms, loan: PlainLoan): PlainRows | undefined => {
  const { amortization } = terms;
  switch (amortization.kind) {
    case 'equal-installments':
      return loan.isFlat ? flat(loan) : smoothed(loan);
    case 'balloon-amount':
    case 'fixed-installment':
      return levelled(loan, terms, amortization);
    case 'equal-principal':
    case 'interest-only':
    case 'bullet':
    case 'balloon':
    case 'hand-made':
      return led(loan, terms, amortization);
  }
};

const installmentsOf = (
  { start, dues }: PlainDates,
  { interest, principal }: PlainRows,
  paidDown: { readonly on: Day; readonly down: bigint } | undefined,
  lent: number,
): readonly PlannedInstallment[] => {
  const before = paidDown === undefined ? 0 : 1;
  const rows = new Array<PlannedInstallment>(dues.length + before);
  if (paidDown !== undefined) {
    const { on, down } = paidDown;
    rows[0] = row('down-payment', 1, on, on, down, 0n, wholeAmount(lent));
  }
  let balance = lent;
  let from = start;
  for (let index = 0; index < dues.length; index += 1) {
    const due = dues[index] ?? from;
    const repaid = principal[index] ?? 0;
    const charged = interest[index] ?? 0;
    balance -= repaid;
    const at = index + before;
    rows[at] = row('regular', at + 1, from, due, wholeAmount(repaid), wholeAmount(charged), wholeAmount(balance));
    from = due;
  }
  return rows;
};

const row = (
  kind: PlannedInstallment['kind'],
  n: number,
  from: Day,
  due: Day,
  principal: bigint,
  interest: bigint,
  balance: bigint,
): PlannedInstallment => ({ n, kind, from, due, principal, interest, fee: 0n, penalty: 0n, balance });
