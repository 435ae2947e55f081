import { businessDate, parseMoney } from '../../domain/kernel';
import { OFFERINGS, SHAPES } from '../offerings';
import { generateApplicants } from '../people';
import { seededRandom } from '../random';
import { choiceOf } from './choosing';

const people = generateApplicants(600, { seed: 'choosing', startDate: businessDate('2026-03-16'), businessDays: 180 });
const choices = people.map((applicant) => ({
  applicant,
  choice: choiceOf(applicant, seededRandom('seven').fork(applicant.key)),
}));

test('every product is chosen, personal credit most often', () => {
  const chosen = (shape: string): number => choices.filter(({ choice }) => choice.shape === shape).length;
  for (const shape of SHAPES) expect(chosen(shape)).toBeGreaterThan(20);
  expect(Math.max(...SHAPES.map(chosen))).toBe(chosen('equal-installments'));
});

test('what is asked for lies within the bounds of the product', () => {
  for (const { choice } of choices) {
    const { amount, installments } = OFFERINGS[choice.shape];
    const { minor } = parseMoney(choice.amount);
    expect(minor >= parseMoney(amount.least).minor && minor <= parseMoney(amount.most).minor).toBe(true);
    expect(choice.installments >= installments.least && choice.installments <= installments.most).toBe(true);
  }
});

test('who gets what they want asks for exactly that; who gets fewer installments asks for less', () => {
  for (const { applicant, choice } of choices) {
    const wanted = parseMoney(applicant.wants.amount).minor;
    const asked = parseMoney(choice.amount).minor;
    if (
      choice.installments < applicant.wants.termMonths &&
      asked > parseMoney(OFFERINGS[choice.shape].amount.least).minor
    )
      expect(asked).toBeLessThanOrEqual(wanted);
    if (choice.shape === 'equal-installments') expect(choice.amount).toEqual(applicant.wants.amount);
  }
});

test('the same seed, the same choice', () => {
  const [first] = choices;
  if (first === undefined) throw new Error('nobody');
  expect(choiceOf(first.applicant, seededRandom('seven').fork(first.applicant.key))).toEqual(first.choice);
});
