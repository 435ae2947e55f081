import { assert, type BusinessDate, businessDate, multiplyRate, type RateText, unreachable } from '../kernel';
import type { Offering } from './events';
import { ONE_YEAR_LPR } from './lpr';

type Cap =
  | { readonly kind: 'fixed'; readonly rate: RateText }
  | { readonly kind: 'one-year-lpr'; readonly times: bigint };

type CapHistory = readonly { readonly from: BusinessDate; readonly cap: Cap }[];

const fixed = (from: string, rate: RateText) => ({ from: businessDate(from), cap: { kind: 'fixed', rate } }) as const;

/** Courts cut what a licensed lender charges in all to 24 % a year when the borrower asks: 法发〔2017〕22号, item 2. */
const LICENSED_LENDER: CapHistory = [fixed('2017-08-04', '0.24')];

/**
 * The legal caps by jurisdiction and licence, oldest first; a contract keeps the cap of the day it was made.
 * Private lending: enforceable up to 24 % under 法释〔2015〕18号 art. 26 (void only above 36 %; the house stays below what
 * can be claimed in court), four times the one-year LPR since 法释〔2020〕6号 (now 法释〔2020〕17号 art. 25).
 */
const CAPS: Readonly<Record<Offering['jurisdiction'], Readonly<Record<Offering['licence'], CapHistory>>>> = {
  CN: {
    'micro-lender': LICENSED_LENDER,
    'consumer-finance': LICENSED_LENDER,
    'private-lender': [
      fixed('2015-09-01', '0.24'),
      { from: businessDate('2020-08-20'), cap: { kind: 'one-year-lpr', times: 4n } },
    ],
  },
};

/** The entry of a history that holds on a day; before the oldest, the oldest. */
const inForce = <Entry extends { readonly from: BusinessDate }>(history: readonly Entry[], on: BusinessDate): Entry => {
  const entry = history.findLast(({ from }) => from <= on) ?? history[0];
  assert(entry !== undefined, 'a history without entries');
  return entry;
};

/** The highest all-in annual rate that the law allows this kind of lender on a day. */
export const capInForce = (
  jurisdiction: Offering['jurisdiction'],
  licence: Offering['licence'],
  on: BusinessDate,
): RateText => {
  const { cap } = inForce(CAPS[jurisdiction][licence], on);
  switch (cap.kind) {
    case 'fixed':
      return cap.rate;
    case 'one-year-lpr':
      return multiplyRate(inForce(ONE_YEAR_LPR, on).rate, cap.times);
    default:
      return unreachable(cap);
  }
};
