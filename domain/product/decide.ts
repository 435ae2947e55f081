import { compareMoney, compareRates, isPositive, parseMoney, type Refusal, refuse, unreachable } from '../kernel';
import { flawOfTerms } from '../schedule';
import type { ProductCommand } from './commands';
import { dearestAllInRate } from './dearest';
import type { Offering, ProductEvent } from './events';
import { capInForce } from './legal-cap';
import type { OfferingInForce, ProductState } from './state';

type Outcome = readonly ProductEvent[] | Refusal;
type Given<Type extends ProductCommand['type']> = Extract<ProductCommand, { readonly type: Type }>;

/** What follows from a command on a product. Retirement is final. */
export const decide = (command: ProductCommand, state: ProductState): Outcome => {
  switch (command.type) {
    case 'DraftProduct':
      return draft(command, state);
    case 'PublishProduct':
      return publish(command, state);
    case 'RetireProduct':
      if (state.status === 'none') return refuse('NOT_FOUND', `no product ${command.data.productId}`);
      return state.status === 'retired' ? [] : [{ type: 'ProductRetired', data: { reason: command.data.reason } }];
    default:
      return unreachable(command);
  }
};

/** A draft replaces the draft before it; beside a published version it is the next one. */
const draft = ({ data: { offering } }: Given<'DraftProduct'>, state: ProductState): Outcome => {
  if (state.status === 'retired') return refuse('WRONG_STATUS', 'the product has been retired');
  const contradiction = contradictionIn(offering);
  if (contradiction !== undefined) return refuse('OFFERING_INVALID', contradiction);
  const version = state.status === 'published' ? state.version + 1 : 1;
  return [{ type: 'ProductDrafted', data: { version, offering } }];
};

/** What makes the bounds of an offering meaningless, if anything. */
const contradictionIn = ({ terms, amount, installments }: Offering): string | undefined => {
  if (amount.least.currency !== terms.currency || amount.most.currency !== terms.currency) {
    return `amount: the bounds and the terms must be in one currency (${terms.currency})`;
  }
  const [least, most] = [parseMoney(amount.least), parseMoney(amount.most)];
  if (!isPositive(least)) return 'amount.least must be above zero';
  if (compareMoney(least, most) > 0) return 'amount.least is above amount.most';
  if (terms.charges.some(isKeptBackOfInterest))
    return 'terms.charges: what is kept back of a payout is no share of interest';
  if (terms.tranches.several && terms.charges.some(isKeptBack))
    return 'terms.charges: nothing is kept back of tranches';
  if (installments.least > installments.most) return 'installments.least is above installments.most';
  return flawOfTerms(terms, { amount: { least: least.minor, most: most.minor }, installments });
};

type Charge = Offering['terms']['charges'][number];

const isKeptBack = ({ time }: Charge): boolean => time === 'disbursement' || time === 'tranche';

/** What is kept back must be known before the payout is asked for; interest depends on the day it arrives. */
const isKeptBackOfInterest = (charge: Charge): boolean =>
  isKeptBack(charge) && charge.calculation.kind === 'share' && charge.calculation.of !== 'principal';

const publish = (command: Given<'PublishProduct'>, state: ProductState): Outcome => {
  const next = drafted(state);
  if (next === undefined) return refuse('PRODUCT_NOT_DRAFTED', `${command.data.productId} has no draft`);
  const { version, offering } = next;
  const cap = capInForce(offering.jurisdiction, offering.licence, command.businessDate);
  const dearest = dearestAllInRate(offering, command.businessDate);
  if (compareRates(dearest, cap) > 0) {
    return refuse('CAP_EXCEEDED', `the dearest choice costs ${dearest} a year in all, the cap is ${cap}`);
  }
  return [
    {
      type: 'ProductPublished',
      data: { version, offering, cap, dearestAllInRate: dearest, publishedOn: command.businessDate },
    },
  ];
};

const drafted = (state: ProductState): OfferingInForce | undefined => {
  if (state.status === 'drafted') return state;
  return state.status === 'published' ? state.draft : undefined;
};
