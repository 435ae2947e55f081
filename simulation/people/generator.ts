import { assert } from '../../domain/kernel';
import { type SeededRandom, seededRandom, weighted } from '../random';
import type { Applicant } from './applicant';
import { COUNTS, RISKS, TWENTIETHS } from './marginals';
import { applicantsOf, type PeopleOptions, type Profile } from './profile';

/** A value as likely as in the data: anywhere between two neighbouring twentieths. */
const quantity = (random: SeededRandom, twentieths: readonly number[]): number => {
  const place = random.next() * (twentieths.length - 1);
  const [below, above] = [twentieths[Math.floor(place)], twentieths[Math.floor(place) + 1]];
  assert(below !== undefined && above !== undefined, 'no such twentieth');
  return Math.round(below + (above - below) * (place % 1));
};

/** Terms are round numbers of months: the nearest twentieth, nothing between them. */
const termOf = (random: SeededRandom, twentieths: readonly number[]): number => {
  const term = twentieths[Math.round(random.next() * (twentieths.length - 1))];
  assert(term !== undefined, 'no such twentieth');
  return term;
};

/** First whether it will go well, then each attribute by itself as it is among those: so the two are correlated. */
const profile = (random: SeededRandom): Profile => {
  const risk = weighted(random, RISKS);
  const word = <Name extends keyof typeof COUNTS>(name: Name): Profile[Name] => {
    const counts = Object.entries<readonly [good: number, bad: number]>(COUNTS[name]);
    const weights = Object.fromEntries(counts.map(([value, [good, bad]]) => [value, risk === 'good' ? good : bad]));
    // The table's keys are this attribute's values.
    return weighted(random.fork(name), weights) as Profile[Name];
  };
  return {
    age: quantity(random, TWENTIETHS.age[risk]),
    amount: quantity(random, TWENTIETHS.amount[risk]),
    termMonths: termOf(random, TWENTIETHS.termMonths[risk]),
    checkingStatus: word('checkingStatus'),
    creditHistory: word('creditHistory'),
    purpose: word('purpose'),
    savings: word('savings'),
    employment: word('employment'),
    installmentShare: word('installmentShare'),
    residence: word('residence'),
    property: word('property'),
    otherInstallmentPlans: word('otherInstallmentPlans'),
    housing: word('housing'),
    existingCredits: word('existingCredits'),
    job: word('job'),
    dependants: word('dependants'),
    risk,
  };
};

/** Makes up so many applicants of the same shape as the real ones; the same options, the same people. */
export const generateApplicants = (count: number, options: PeopleOptions): readonly Applicant[] => {
  const random = seededRandom(options.seed).fork('profiles');
  const profiles = Array.from({ length: count }, (_, index) => profile(random.fork(String(index))));
  return applicantsOf(profiles, options);
};
