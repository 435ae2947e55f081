import { declarationSchema } from '../../domain/application';
import { isBankCardNumber, isMobileNumber, readResidentId } from '../../domain/borrower';
import { businessDate, parseMoney } from '../../domain/kernel';
import { creditFileSchema } from '../../gateways/bureau';
import { personalCredit } from '../offerings';
import { generateApplicants } from './generator';

const options = { seed: 'seven', startDate: businessDate('2026-03-16'), businessDays: 180 };
const people = generateApplicants(1_000, options);
const share = (of: (person: (typeof people)[number]) => boolean): number => people.filter(of).length / people.length;

describe('generated applicants', () => {
  test('follow from the seed; more of them change none', () => {
    expect(generateApplicants(20, options)).toEqual(people.slice(0, 20));
    expect(generateApplicants(20, { ...options, seed: 'eight' })).not.toEqual(people.slice(0, 20));
  });

  test('are people who could exist, no two the same', () => {
    const all = people.map(({ person }) => person);
    expect(all.every(({ idNumber }) => readResidentId(idNumber) !== undefined)).toBe(true);
    expect(all.every(({ phone }) => isMobileNumber(phone))).toBe(true);
    expect(all.every(({ cardNumber }) => isBankCardNumber(cardNumber))).toBe(true);
    for (const number of ['idNumber', 'phone', 'cardNumber'] as const) {
      expect(new Set(all.map((person) => person[number])).size).toBe(people.length);
    }
    expect(new Set(people.map(({ key }) => key)).size).toBe(people.length);
  });

  test('stay unique when there are more of them than phones of a kind would allow by luck', () => {
    const crowd = generateApplicants(5_000, { ...options, seed: 'crowd' });
    expect(new Set(crowd.map(({ person }) => person.phone)).size).toBe(crowd.length);
  });

  test('ask for what the house lends', () => {
    const { amount, installments } = personalCredit;
    for (const { wants, declaration, bureauFile } of people) {
      const { minor } = parseMoney(wants.amount);
      expect(minor >= parseMoney(amount.least).minor && minor <= parseMoney(amount.most).minor).toBe(true);
      expect(wants.termMonths >= installments.least && wants.termMonths <= installments.most).toBe(true);
      expect(declarationSchema.safeParse(declaration).success).toBe(true);
      expect(creditFileSchema.safeParse(bureauFile).success).toBe(true);
    }
  });

  test('are distributed as the data is', () => {
    expect(share(({ bureauFile }) => bureauFile.checkingStatus === '200-and-more')).toBeCloseTo(0.394, 1);
    expect(share(({ declaration }) => declaration.housing === 'rent')).toBeCloseTo(0.714, 1);
    expect(share(({ declaration }) => declaration.purpose === 'furniture')).toBeCloseTo(0.28, 1);
    expect(share(({ temperament }) => temperament === 'punctual')).toBeCloseTo(0.61, 1);
    const amounts = people.map(({ wants }) => Number(wants.amount.amount)).toSorted((a, b) => a - b);
    expect(Math.abs((amounts[500] ?? 0) - 2_320)).toBeLessThan(300);
  });

  test('those who will end badly differ in what the bureau knows', () => {
    const negative = (temperament: string): number => {
      const group = people.filter((person) => person.temperament === temperament);
      return group.filter(({ bureauFile }) => bureauFile.checkingStatus === '200-and-more').length / group.length;
    };
    expect(negative('punctual')).toBeGreaterThan(negative('defaulting') + 0.15);
  });

  test('come on every part of the way, more of them early', () => {
    const days = people.map(({ arrivesOn }) => arrivesOn);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...days)).toBeLessThan(180);
    const early = days.filter((day) => day < 60).length;
    const late = days.filter((day) => day >= 120).length;
    expect(early).toBeGreaterThan(late);
    expect(late).toBeGreaterThan(100);
  });
});
