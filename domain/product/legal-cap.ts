import { assert, type BusinessDate, multiplyRate, type RateText, unreachable } from '../kernel';
import { CAP_RULES, type CapMethod, type CapRule, type ProductKind } from './legal-cap-table';
import { ONE_YEAR_LPR } from './lpr';

/** What is lent, by whom and where: what the law looks at. */
export interface Lending {
  readonly jurisdiction: CapRule['jurisdiction'];
  readonly licence: CapRule['licence'];
  readonly product: ProductKind;
}

/** A legal cap as it holds on a day, and how it comes about. */
export interface LegalCap {
  /** The highest all-in annual rate that can be enforced. */
  readonly rate: RateText;
  /** Above this an agreement is void, where the law tells that apart. */
  readonly voidAbove?: RateText;
  readonly method: CapMethod;
  /** The one-year LPR that went into it. */
  readonly oneYearLpr?: RateText;
  /** Since when the rule holds, and where it is written. */
  readonly from: BusinessDate;
  readonly source: string;
}

/** The entry of a history that holds on a day; before the oldest, the oldest: nothing looser than what is known. */
const inForce = <Entry extends { readonly from: BusinessDate }>(history: readonly Entry[], on: BusinessDate): Entry => {
  const entry = history.findLast(({ from }) => from <= on) ?? history[0];
  assert(entry !== undefined, 'a history without entries');
  return entry;
};

/** The one-year LPR on a day. */
const oneYearLprOn = (on: BusinessDate): RateText => inForce(ONE_YEAR_LPR, on).rate;

/** The cap on what is lent, on the day that the contract is made. */
export const legalCapOn = ({ jurisdiction, licence, product }: Lending, on: BusinessDate): LegalCap => {
  const rules = CAP_RULES.filter(
    (rule) =>
      rule.jurisdiction === jurisdiction &&
      rule.licence === licence &&
      (rule.product === 'any' || rule.product === product),
  );
  const { method, from, source } = inForce(rules, on);
  switch (method.kind) {
    case 'fixed': {
      const { rate, voidAbove } = method;
      return { rate, method, from, source, ...(voidAbove !== undefined && { voidAbove }) };
    }
    case 'one-year-lpr': {
      const oneYearLpr = oneYearLprOn(on);
      return { rate: multiplyRate(oneYearLpr, method.times), method, oneYearLpr, from, source };
    }
    default:
      return unreachable(method);
  }
};

/** The highest all-in annual rate that the law allows this kind of lender for a personal loan on a day. */
export const capInForce = (
  jurisdiction: CapRule['jurisdiction'],
  licence: CapRule['licence'],
  on: BusinessDate,
): RateText => legalCapOn({ jurisdiction, licence, product: 'personal-loan' }, on).rate;
