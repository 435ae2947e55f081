import { z } from 'zod';
import { CALENDAR_IDS } from '../calendar';
import {
  type Currency,
  compareMoney,
  currencySchema,
  isPositive,
  type MoneyText,
  moneyTextSchema,
  parseMoney,
} from '../kernel';
import { type ChannelCost, channelCostSchema, type PlainCost } from './cost';

const ABILITIES = ['payout', 'debit', 'partial-debit'] as const;

/** E-account channels decide by themselves and at once; others have a person look at each movement. */
export const REVIEW_KINDS = ['automatic', 'reviewed'] as const;

const timeSchema = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day such as "08:30"; "24:00" ends it');

/** What was agreed with a payment channel: what it can do, for how much, when, for whom and at what price. */
export const channelTermsSchema = z
  .strictObject({
    currency: currencySchema,
    abilities: z.array(z.enum(ABILITIES)).min(1).max(ABILITIES.length),
    /** Of one movement, and of all movements of one direction on one business date. */
    limits: z.strictObject({ least: moneyTextSchema, most: moneyTextSchema, perDay: moneyTextSchema }),
    hours: z.strictObject({
      /** Name and version of the business calendar, "CN@2026.1". */
      calendar: z.string().max(32),
      days: z.enum(['every-day', 'business-days']),
      /** In the house's time zone; open from `opens` to just before `closes`. */
      opens: timeSchema,
      closes: timeSchema,
    }),
    cost: channelCostSchema,
    /** Seconds from instruction to settlement that the channel promises. */
    promisedSeconds: z.int().min(0).max(864_000),
    /** The banks whose accounts it reaches; absent: all. */
    banks: z.array(z.string().min(1).max(100)).min(1).max(500).optional(),
    review: z.enum(REVIEW_KINDS),
    /** How often it is asked how it stands; absent: never, and then its silence says nothing. */
    heartbeatSeconds: z.int().min(10).max(43_200).optional(),
    /** How many probes in a row must pass before a degraded channel is used again. */
    probesToRestore: z.int().min(1).max(100),
  })
  .meta({ id: 'ChannelTerms', description: 'What was agreed with a payment channel.' });

export type ChannelTerms = Readonly<z.infer<typeof channelTermsSchema>>;

const amountsIn = (cost: ChannelCost): readonly MoneyText[] => {
  const plain = (fee: PlainCost): readonly (MoneyText | undefined)[] =>
    fee.kind === 'flat' ? [fee.fee] : [fee.least, fee.most];
  const all = cost.kind === 'tiers' ? cost.tiers.flatMap(({ upTo, fee }) => [upTo, ...plain(fee)]) : plain(cost);
  return all.filter((amount) => amount !== undefined);
};

const plainFault = (cost: PlainCost): string | undefined =>
  cost.kind === 'share' && cost.least && cost.most && compareMoney(parseMoney(cost.least), parseMoney(cost.most)) > 0
    ? 'cost: the least fee is above the most'
    : undefined;

/** What is wrong with a price, all amounts being in one currency. */
const costFault = (cost: ChannelCost): string | undefined => {
  if (amountsIn(cost).some(({ amount }) => amount.startsWith('-'))) return 'cost: a fee below zero';
  if (cost.kind !== 'tiers') return plainFault(cost);
  const bounds = cost.tiers.slice(0, -1).map(({ upTo }) => upTo && parseMoney(upTo).minor);
  const rising = bounds.every((bound, index) => bound !== undefined && bound > (bounds[index - 1] ?? 0n));
  if (!rising) return 'cost: tiers must rise';
  if (cost.tiers.at(-1)?.upTo !== undefined) return 'cost: the last tier has no bound';
  return cost.tiers.map(({ fee }) => plainFault(fee)).find((fault) => fault !== undefined);
};

/** What is wrong with a price in a currency; undefined when nothing is. */
export const faultInCost = (cost: ChannelCost, currency: Currency): string | undefined =>
  amountsIn(cost).some((amount) => amount.currency !== currency) ? `cost: not in ${currency}` : costFault(cost);

/** The first thing that is wrong with terms, by field; undefined when they can stand. */
export const faultIn = (terms: ChannelTerms): string | undefined => {
  const { currency, abilities, limits, hours, cost } = terms;
  const { least, most, perDay } = limits;
  if ([least, most, perDay].some((amount) => amount.currency !== currency)) return `limits: not in ${currency}`;
  if (new Set(abilities).size !== abilities.length) return 'abilities: one is named twice';
  if (abilities.includes('partial-debit') && !abilities.includes('debit')) return 'abilities: partial debit is a debit';
  if (!isPositive(parseMoney(least))) return 'limits: the least amount is above zero';
  if (compareMoney(parseMoney(least), parseMoney(most)) > 0) return 'limits: the least amount is above the most';
  if (compareMoney(parseMoney(most), parseMoney(perDay)) > 0) return 'limits: the most is above what a day allows';
  if (!CALENDAR_IDS.includes(hours.calendar)) return `hours: there is no calendar ${hours.calendar}`;
  if (hours.opens >= hours.closes) return 'hours: it closes before it opens';
  return faultInCost(cost, currency);
};
