import { type Submission, type Tally, type TallyKind, tallied, wholeUnits } from '../risk/features';
import type { Fact, HouseProjection } from './house-projection';

type Submitted = Extract<Fact, { readonly type: 'ApplicationSubmitted' }>;
type Origin = Pick<
  Submitted['data'],
  'borrowerId' | 'deviceIndex' | 'networkIndex' | 'subnetIndex' | 'phoneIndex' | 'cardIndex'
>;

/** The tallies that an application has a part in, by what it is counted by. */
export const tallyKeysOf = (origin: Origin): ReadonlyMap<TallyKind, string> => {
  const { borrowerId, deviceIndex, networkIndex, subnetIndex, phoneIndex, cardIndex } = origin;
  const all: readonly (readonly [TallyKind, string | undefined])[] = [
    ['borrower', borrowerId],
    ['device', deviceIndex],
    ['network', networkIndex],
    ['subnet', subnetIndex],
    ['phone', phoneIndex],
    ['card', cardIndex],
  ];
  return new Map(all.flatMap(([kind, of]) => (of === undefined ? [] : [[kind, `${kind}:${of}`]])));
};

const kindOf = (key: string, origin: Origin): TallyKind => {
  for (const [kind, of] of tallyKeysOf(origin)) if (of === key) return kind;
  throw new Error(`nothing is counted by ${key}`);
};

const submissionOf = ({ position, meta, data }: Submitted): Submission => {
  const { borrowerId, amount } = data;
  return {
    at: Date.parse(meta.bookedAt),
    position,
    borrower: borrowerId,
    amount: wholeUnits(amount, 'DOWN'),
    currency: amount.currency,
  };
};

/** How often applications come from the same borrower, device, address, phone or card. Keyed hashes only. */
export const velocities: HouseProjection<Tally> = {
  name: 'velocities',
  version: 2,
  categories: ['application'],
  indexes: {},
  keys: (event) => (event.type === 'ApplicationSubmitted' ? [...tallyKeysOf(event.data).values()] : []),
  fold: (tally, event, key) =>
    event.type === 'ApplicationSubmitted' ? tallied(kindOf(key, event.data), tally, submissionOf(event)) : tally,
};
