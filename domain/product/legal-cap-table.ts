import { type BusinessDate, businessDate, type RateText } from '../kernel';
import type { Offering } from './events';

/** Kinds of loans that the law tells apart; 'internet-loan' is one that is made and decided on online. */
export type ProductKind = 'personal-loan' | 'internet-loan';

/** How a maximum all-in annual rate is found. */
export type CapMethod =
  /** A stated rate; what is above `voidAbove` is void, and what lies between was paid without a claim to it. */
  | { readonly kind: 'fixed'; readonly rate: RateText; readonly voidAbove?: RateText }
  /** So many times the one-year LPR in force on the day. */
  | { readonly kind: 'one-year-lpr'; readonly times: bigint };

/** One line of the law: whom and what it limits, from which day, how, and where that is written. */
export interface CapRule {
  readonly jurisdiction: Offering['jurisdiction'];
  readonly licence: Offering['licence'];
  readonly product: ProductKind | 'any';
  readonly from: BusinessDate;
  readonly method: CapMethod;
  readonly source: string;
}

const rule = (
  licence: CapRule['licence'],
  product: CapRule['product'],
  from: string,
  method: CapMethod,
  source: string,
): CapRule => ({ jurisdiction: 'CN', licence, product, from: businessDate(from), method, source });

/**
 * The legal caps, oldest first: a change of the law is a new line, never an edit, because a contract keeps the cap of
 * the day it was made. Licensed lenders are outside the private-lending caps (法释〔2020〕27号); courts cut what they
 * charge in all to 24 % a year when the borrower asks. Private lending could be enforced up to 24 % and was void only
 * above 36 %; since 20 August 2020 the cap is four times the one-year LPR.
 */
export const CAP_RULES: readonly CapRule[] = [
  rule(
    'private-lender',
    'any',
    '2015-09-01',
    { kind: 'fixed', rate: '0.24', voidAbove: '0.36' },
    '法释〔2015〕18号 art. 26',
  ),
  rule('micro-lender', 'any', '2017-08-04', { kind: 'fixed', rate: '0.24' }, '法发〔2017〕22号 item 2'),
  rule('consumer-finance', 'any', '2017-08-04', { kind: 'fixed', rate: '0.24' }, '法发〔2017〕22号 item 2'),
  rule(
    'private-lender',
    'any',
    '2020-08-20',
    { kind: 'one-year-lpr', times: 4n },
    '法释〔2020〕6号, now 法释〔2020〕17号 art. 25',
  ),
  rule('consumer-finance', 'internet-loan', '2025-10-01', { kind: 'fixed', rate: '0.24' }, '金规〔2025〕9号'),
];
