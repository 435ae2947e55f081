import { z } from 'zod';
import {
  assert,
  compareMoney,
  type Money,
  moneyTextSchema,
  parseMoney,
  parseRate,
  ROUNDINGS,
  rateTextSchema,
  scaleMoney,
  unreachable,
} from '../kernel';

const flatSchema = z.strictObject({ kind: z.literal('flat'), fee: moneyTextSchema });

/** A share of the amount, as decimal text ("0.0038" is 0.38 %), at least and at most so much. */
const shareSchema = z.strictObject({
  kind: z.literal('share'),
  share: rateTextSchema,
  rounding: z.enum(ROUNDINGS),
  least: moneyTextSchema.optional(),
  most: moneyTextSchema.optional(),
});

const plainSchema = z.discriminatedUnion('kind', [flatSchema, shareSchema]);

/**
 * What a channel charges for one movement. Of tiers, the whole amount is charged by the first whose `upTo` it does not
 * exceed; the last has no bound.
 */
export const channelCostSchema = z.discriminatedUnion('kind', [
  flatSchema,
  shareSchema,
  z.strictObject({
    kind: z.literal('tiers'),
    tiers: z
      .array(z.strictObject({ upTo: moneyTextSchema.optional(), fee: plainSchema }))
      .min(1)
      .max(50),
  }),
]);

export type ChannelCost = Readonly<z.infer<typeof channelCostSchema>>;
export type PlainCost = Readonly<z.infer<typeof plainSchema>>;

const plainCostOf = (cost: PlainCost, amount: Money): Money => {
  switch (cost.kind) {
    case 'flat':
      return parseMoney(cost.fee);
    case 'share': {
      const { numerator, denominator } = parseRate(cost.share);
      const fee = scaleMoney(amount, numerator, denominator, cost.rounding);
      const [least, most] = [cost.least && parseMoney(cost.least), cost.most && parseMoney(cost.most)];
      if (least && compareMoney(fee, least) < 0) return least;
      return most && compareMoney(fee, most) > 0 ? most : fee;
    }
    default:
      return unreachable(cost);
  }
};

/** What a movement of this amount costs, in whole minor units. The cost is in the amount's currency. */
export const costOf = (cost: ChannelCost, amount: Money): Money => {
  if (cost.kind !== 'tiers') return plainCostOf(cost, amount);
  const tier = cost.tiers.find(({ upTo }) => upTo === undefined || compareMoney(amount, parseMoney(upTo)) <= 0);
  assert(tier !== undefined, 'the last tier has no bound');
  return plainCostOf(tier.fee, amount);
};
