import { unreachable } from '../../domain/kernel';
import { between, chance, int, type SeededRandom, weighted } from '../random';

/** What became of a credit in the end: the one thing that the data knows of how people behave. */
export type Risk = 'good' | 'bad';

const TEMPERAMENTS = ['punctual', 'careless', 'struggling', 'defaulting'] as const;

/** How somebody deals with a debt: pays when it is due; forgets now and then; is always behind; stops one day. */
export type Temperament = (typeof TEMPERAMENTS)[number];

/** Shares of the temperaments among those whose credit went well, and among the others. */
const SHARES: Readonly<Record<Risk, Readonly<Record<Temperament, number>>>> = {
  good: { punctual: 0.84, careless: 0.12, struggling: 0.03, defaulting: 0.01 },
  bad: { punctual: 0.08, careless: 0.17, struggling: 0.3, defaulting: 0.45 },
};

export const temperamentOf = (risk: Risk, random: SeededRandom): Temperament => weighted(random, SHARES[risk]);

/** What somebody does with an offer. */
export type Reaction =
  | { readonly kind: 'signs'; readonly afterOpenDays: 0 | 1 }
  /** Lets it expire. */
  | { readonly kind: 'ignores' }
  | { readonly kind: 'withdraws' };

const REACTIONS = { atOnce: 0.7, nextDay: 0.23, ignores: 0.05, withdraws: 0.02 } as const;
/** Who needs the money badly does not think twice. */
const EAGER = { atOnce: 0.95, nextDay: 0.05, ignores: 0, withdraws: 0 } as const;

export const reactionToOffer = (temperament: Temperament, random: SeededRandom): Reaction => {
  const drawn = weighted(random, temperament === 'defaulting' ? EAGER : REACTIONS);
  switch (drawn) {
    case 'atOnce':
      return { kind: 'signs', afterOpenDays: 0 };
    case 'nextDay':
      return { kind: 'signs', afterOpenDays: 1 };
    case 'ignores':
    case 'withdraws':
      return { kind: drawn };
    default:
      return unreachable(drawn);
  }
};

/** What somebody does about one installment. Days are calendar days after it is due; shares are of the installment. */
export type Conduct =
  | { readonly kind: 'pays'; readonly daysLate: number }
  | { readonly kind: 'pays-more'; readonly extraShare: number }
  | { readonly kind: 'pays-in-parts'; readonly firstShare: number; readonly restDaysLate: number }
  /** All that is left of the loan. */
  | { readonly kind: 'pays-off' }
  /** Nothing, now or ever after. */
  | { readonly kind: 'stops' };

const ON_TIME: Conduct = { kind: 'pays', daysLate: 0 };

const paysMore = (random: SeededRandom): Conduct => ({ kind: 'pays-more', extraShare: between(random, 0.1, 1.5) });

const paysInParts = (random: SeededRandom, restDaysLate: number): Conduct => ({
  kind: 'pays-in-parts',
  firstShare: between(random, 0.3, 0.7),
  restDaysLate,
});

type Habit = (installment: number) => Conduct;

const punctual = (random: SeededRandom): Habit => {
  const kinds = { onTime: 0.94, late: 0.025, more: 0.025, off: 0.01 };
  return () => {
    switch (weighted(random, kinds)) {
      case 'onTime':
        return ON_TIME;
      case 'late':
        return { kind: 'pays', daysLate: int(random, 1, 5) };
      case 'more':
        return paysMore(random);
      case 'off':
        return { kind: 'pays-off' };
    }
  };
};

const careless = (random: SeededRandom): Habit => {
  const kinds = { onTime: 0.45, late: 0.44, parts: 0.08, more: 0.02, off: 0.01 };
  return () => {
    switch (weighted(random, kinds)) {
      case 'onTime':
        return ON_TIME;
      case 'late':
        return { kind: 'pays', daysLate: int(random, 1, 15) };
      case 'parts':
        return paysInParts(random, int(random, 5, 20));
      case 'more':
        return paysMore(random);
      case 'off':
        return { kind: 'pays-off' };
    }
  };
};

/** Behind by about the same time with every installment, until, perhaps, it becomes too much. */
const struggling = (random: SeededRandom): Habit => {
  const behind = int(random, 10, 41);
  const late = (): number => behind + int(random, -4, 4);
  const kinds = { late: 0.76, parts: 0.2, stops: 0.04 };
  return () => {
    switch (weighted(random, kinds)) {
      case 'late':
        return { kind: 'pays', daysLate: late() };
      case 'parts':
        return paysInParts(random, late());
      case 'stops':
        return { kind: 'stops' };
    }
  };
};

/** Pays like anybody, until it is over; often with a last part of an installment. */
const defaulting = (random: SeededRandom): Habit => {
  const last = int(random, 0, 5);
  const lastInPart = chance(random, 0.3);
  return (installment) => {
    if (installment > last) return { kind: 'stops' };
    if (installment === last && lastInPart) return paysInParts(random, int(random, 20, 45));
    return chance(random, 0.25) ? { kind: 'pays', daysLate: int(random, 1, 20) } : ON_TIME;
  };
};

const HABITS: Readonly<Record<Temperament, (random: SeededRandom) => Habit>> = {
  punctual,
  careless,
  struggling,
  defaulting,
};

/**
 * What somebody will do about each of so many installments, the first one first; shorter when they pay off or stop
 * before the end. The same temperament and stream, the same conduct.
 */
export const conductOf = (temperament: Temperament, random: SeededRandom, installments: number): readonly Conduct[] => {
  const habit = HABITS[temperament](random);
  const all: Conduct[] = [];
  for (let installment = 1; installment <= installments; installment++) {
    const conduct = habit(installment);
    all.push(conduct);
    if (conduct.kind === 'pays-off' || conduct.kind === 'stops') break;
  }
  return all;
};
