import fc from 'fast-check';
import { seededRandom } from '../random';
import { type Conduct, conductOf, reactionToOffer, type Temperament, temperamentOf } from './temperament';

const temperaments = fc.constantFrom<Temperament>('punctual', 'careless', 'struggling', 'defaulting');

/** What some thousand people of a temperament do about twelve installments. */
const conductsOf = (temperament: Temperament): readonly (readonly Conduct[])[] =>
  Array.from({ length: 1_000 }, (_, person) => conductOf(temperament, seededRandom(`${person}`), 12));

const shareOf = (conducts: readonly Conduct[], holds: (conduct: Conduct) => boolean): number =>
  conducts.filter(holds).length / conducts.length;

const onTime = (conduct: Conduct): boolean => conduct.kind === 'pays' && conduct.daysLate === 0;

const isSensible = (conduct: Conduct): boolean => {
  switch (conduct.kind) {
    case 'pays':
      return conduct.daysLate >= 0 && conduct.daysLate <= 45;
    case 'pays-more':
      return conduct.extraShare > 0 && conduct.extraShare < 1.5;
    case 'pays-in-parts':
      return conduct.firstShare > 0 && conduct.firstShare < 1 && conduct.restDaysLate > 0 && conduct.restDaysLate <= 45;
    case 'pays-off':
    case 'stops':
      return true;
  }
};

describe('temperaments', () => {
  test('the same temperament and chance, the same conduct', () => {
    fc.assert(
      fc.property(temperaments, fc.string(), fc.integer({ min: 1, max: 72 }), (temperament, seed, installments) => {
        const conduct = conductOf(temperament, seededRandom(seed), installments);
        expect(conductOf(temperament, seededRandom(seed), installments)).toEqual(conduct);
        expect(reactionToOffer(temperament, seededRandom(seed))).toEqual(
          reactionToOffer(temperament, seededRandom(seed)),
        );
      }),
    );
  });

  test('conduct covers every installment, or ends with paying off or stopping; figures are sensible', () => {
    fc.assert(
      fc.property(temperaments, fc.string(), fc.integer({ min: 1, max: 72 }), (temperament, seed, installments) => {
        const conduct = conductOf(temperament, seededRandom(seed), installments);
        const end = conduct.findIndex(({ kind }) => kind === 'pays-off' || kind === 'stops');
        expect(conduct).toHaveLength(end < 0 ? installments : end + 1);
        expect(conduct.filter((step) => !isSensible(step))).toEqual([]);
      }),
    );
  });

  test('the punctual are punctual, with a few early ends', () => {
    const all = conductsOf('punctual');
    expect(shareOf(all.flat(), onTime)).toBeGreaterThan(0.9);
    expect(shareOf(all.flat(), ({ kind }) => kind === 'stops')).toBe(0);
    expect(all.filter((conduct) => conduct.at(-1)?.kind === 'pays-off').length).toBeGreaterThan(50);
  });

  test('the careless are late by days, the struggling by weeks', () => {
    expect(shareOf(conductsOf('careless').flat(), onTime)).toBeLessThan(0.55);
    const late = conductsOf('struggling')
      .flat()
      .flatMap((conduct) => (conduct.kind === 'pays' ? [conduct.daysLate] : []));
    expect(late.reduce((sum, days) => sum + days, 0) / late.length).toBeGreaterThan(20);
    expect(Math.max(...late)).toBeGreaterThan(40);
  });

  test('the defaulting all stop within half a year', () => {
    const all = conductsOf('defaulting');
    expect(all.every((conduct) => conduct.at(-1)?.kind === 'stops' && conduct.length <= 6)).toBe(true);
  });

  test('most who ended well are punctual, most who ended badly are not', () => {
    const punctual = (risk: 'good' | 'bad'): number =>
      Array.from({ length: 1_000 }, (_, person) => temperamentOf(risk, seededRandom(`${risk}${person}`))).filter(
        (temperament) => temperament === 'punctual',
      ).length;
    expect(punctual('good')).toBeGreaterThan(780);
    expect(punctual('bad')).toBeLessThan(130);
  });

  test('most sign at once or the next day, some let the offer run out, few withdraw', () => {
    const reactions = Array.from({ length: 2_000 }, (_, person) =>
      reactionToOffer('careless', seededRandom(`${person}`)),
    );
    const count = (kind: string): number => reactions.filter((reaction) => reaction.kind === kind).length;
    expect(count('signs')).toBeGreaterThan(1_780);
    expect(count('ignores')).toBeGreaterThan(count('withdraws'));
    expect(count('withdraws')).toBeGreaterThan(0);
  });
});
