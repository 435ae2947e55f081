import { type MoneyRules, surelyRoundedMinor } from '../model/money-rules';
import type { Rates } from './rates';

/** A loan to be planned in doubles. Amounts are whole minor units. */
export interface PlainLoan {
  readonly money: MoneyRules;
  /** Amounts are rounded to the nearest minor unit. */
  readonly isNearest: boolean;
  readonly rates: Rates;
  readonly principal: number;
  /** Interest is charged on all of it, whatever was repaid, until nothing is left. */
  readonly isFlat: boolean;
  readonly count: number;
  /** How many of the first installments ask for no principal, and how many for no interest. */
  readonly principalGrace: number;
  readonly interestGrace: number;
  /** Minor units of the currency's unit. */
  readonly perUnit: number;
}

/** What each installment asks for. */
export interface PlainRows {
  readonly principal: readonly number[];
  readonly interest: readonly number[];
}

/** Interest of a balance over a period, rounded: from a double where its error leaves no doubt. */
export const interestOn = (loan: PlainLoan, index: number, balance: number): number => {
  const base = loan.isFlat && balance > 0 ? loan.principal : balance;
  const charged = base * (loan.rates.interest[index] ?? 0);
  const error = errorOf(base, charged);
  if (loan.isNearest) {
    const rounded = Math.floor(charged + 0.5);
    if (Math.abs(charged - rounded) < 0.5 - error) return rounded;
  }
  return carefully(loan, index, base, charged);
};

const errorOf = (base: number, charged: number): number => base * CARRIED_ERROR + charged * RELATIVE_ERROR;

const carefully = ({ money, rates }: PlainLoan, index: number, base: number, charged: number): number =>
  charged === 0 ? 0 : (surelyRoundedMinor(money, charged, errorOf(base, charged)) ?? rates.exactly(index, base));

const RELATIVE_ERROR = 32 * 2 ** -53;
const CARRIED_ERROR = 1e-18;

/** Π(1 + r) over periods from one on, and f = 1 + f × (1 + r) over them: see `equalInstallment`. */
export const annuity = (
  rates: readonly number[],
  from: number,
): { readonly growth: number; readonly divisor: number } => {
  let growth = 1;
  let divisor = 0;
  for (let index = from; index < rates.length; index += 1) {
    const ratio = 1 + (rates[index] ?? 0);
    growth *= ratio;
    divisor = divisor === 0 ? 1 : 1 + divisor * ratio;
  }
  return { growth, divisor };
};

/** Relative error of what is worked out from an annuity over so many periods. */
export const annuityError = (periods: number): number => (8 * periods + 24) * 2 ** -53;
