import { declarationSchema } from '../../domain/application';
import { isBankCardNumber, isMobileNumber, readResidentId } from '../../domain/borrower';
import { addMonths, assert, businessDate, parseMoney } from '../../domain/kernel';
import { figuresOf } from '../../domain/schedule';
import { creditFileSchema } from '../../gateways/bureau';
import { personDigest } from '../../gateways/sandbox';
import { personalCredit } from '../offerings';
import { type Applicant, asTheBureauKnows } from './applicant';
import { applicantsFromCsv } from './south-german-credit';

const HEADER =
  'id,status,duration,credit_history,purpose,amount,savings,employment_duration,installment_rate,personal_status_sex,' +
  'other_debtors,present_residence,property,age,other_installment_plans,housing,number_credits,job,people_liable,' +
  'telephone,foreign_worker,credit_risk';

/** Rows made up for this test, under the labels of the real file. */
const ROWS = [
  '1,no checking account,10,all credits at this bank paid back duly,car (used),1200,unknown or no savings account,' +
    '< 1 year,< 20 %,"female: non-single, or male: single",none,>= 7 years,car or other,22,none,for free,1,' +
    'skilled employee or official,0 to 2,no,no,good',
  '2,>= 200 DM or salary for at least 1 year,72,critical account or other credits elsewhere,radio or television,20000,' +
    '500 <= ... < 1000 DM,unemployed,25 <= ... < 35 %,male: married or widowed,guarantor,1 <= ... < 4 years,' +
    'building society savings or life insurance,75,bank,own,>= 6,"manager, self-employed or highly qualified",' +
    '3 or more,yes,yes,bad',
  '3,0 <= ... < 200 DM,4,delay in paying off in the past,others,250,>= 1000 DM,>= 7 years,>= 35 %,female: single,' +
    'co-applicant,< 1 year,real estate,40,stores,rent,2-3,unemployed or unskilled non-resident,0 to 2,no,no,good',
];

const options = { seed: 'seven', startDate: businessDate('2026-03-16'), businessDays: 100 };
const file = (...rows: readonly string[]): string => [HEADER, ...rows, ''].join('\n');
const read = (...rows: readonly string[]): readonly Applicant[] => applicantsFromCsv(file(...rows), options);

const [first, second, third] = read(...ROWS);
assert(first !== undefined && second !== undefined && third !== undefined, 'three rows');

describe('applicants from the South German Credit data', () => {
  test('say and have on file what their row says, in the house’s words', () => {
    expect(first.wants).toEqual({ amount: { amount: '1200.00', currency: 'CNY' }, termMonths: 10 });
    expect(first.declaration).toMatchObject({
      employment: 'under-1-year',
      job: 'skilled',
      housing: 'free',
      property: 'car-or-other',
      purpose: 'used-car',
      otherInstallmentPlans: 'none',
      dependants: '0-to-2',
      residence: '7-years-and-more',
    });
    expect(first.bureauFile).toMatchObject({
      checkingStatus: 'none',
      creditHistory: 'all-paid-here',
      savings: 'unknown-or-none',
      existingCredits: '1',
      existingMonthlyDebt: { amount: '0.00', currency: 'CNY' },
    });
    expect(second.declaration).toMatchObject({ purpose: 'electronics', job: 'management', property: 'life-insurance' });
    expect(second.bureauFile).toMatchObject({ savings: '500-to-1000', existingCredits: '6-and-more' });
    expect(third.declaration).toMatchObject({ purpose: 'other', job: 'unskilled-non-resident', housing: 'rent' });
  });

  test.each([first, second, third])('$key passes the house’s own checks', ({ declaration, bureauFile }) => {
    expect(declarationSchema.parse(declaration)).toEqual(declaration);
    expect(creditFileSchema.parse(bureauFile)).toEqual(bureauFile);
  });

  test.each([
    [first, 0, 0.2],
    [second, 0.25, 0.35],
    [third, 0.35, 0.54],
  ])('the installment takes the share that the row states of what debts leave of the income', (applicant, from, to) => {
    const { wants, declaration, bureauFile } = applicant;
    const principal = parseMoney(wants.amount);
    const { schedule } = figuresOf(personalCredit.terms, principal, wants.termMonths, options.startDate);
    const [row] = schedule.rows;
    assert(row !== undefined, 'a plan has rows');
    const disposable = Number(declaration.monthlyIncome.amount) - Number(bureauFile.existingMonthlyDebt.amount);
    const share = (Number(row.principal) + Number(row.interest)) / disposable;
    expect(share).toBeGreaterThanOrEqual(from);
    expect(share).toBeLessThan(to);
  });

  test.each([
    [first, 22],
    [second, 75],
    [third, 40],
  ])('are people who could exist, as old as the row says', ({ person }, age) => {
    const id = readResidentId(person.idNumber);
    assert(id !== undefined, 'the ID number can be read');
    const birthday = addMonths(id.birthDate, 12 * age);
    expect(birthday <= options.startDate && addMonths(id.birthDate, 12 * (age + 1)) > options.startDate).toBe(true);
    expect(isMobileNumber(person.phone)).toBe(true);
    expect(isBankCardNumber(person.cardNumber)).toBe(true);
    expect(person.name.length).toBeGreaterThanOrEqual(2);
  });

  test('are the same for the same seed, and nobody else’s neighbours matter', () => {
    expect(read(...ROWS)).toEqual([first, second, third]);
    expect(read(ROWS[0] ?? '')).toEqual([first]);
    const [other] = applicantsFromCsv(file(...ROWS), { ...options, seed: 'eight' });
    expect(other?.person).not.toEqual(first.person);
    expect(other?.wants).toEqual(first.wants);
  });

  test('are known to the bureau by digests, as its sandbox makes them', () => {
    expect(asTheBureauKnows(first)).toEqual({
      idNumber: personDigest(first.person.idNumber),
      identity: { name: personDigest(first.person.name), phone: personDigest(first.person.phone) },
      file: first.bureauFile,
    });
  });

  test.each([
    ['age', ',22,none,', ',17,none,', 'row 2: age is "17", not a whole number from 18 to 100'],
    ['amount', ',1200,', ',20001,', 'row 2: amount is "20001", not a whole number from 250 to 20000'],
    ['a fraction', ',1200,', ',1200.5,', 'row 2: amount is "1200.5"'],
    ['term', ',10,all', ',3,all', 'row 2: duration is "3", not a whole number from 4 to 72'],
    ['a label', 'car (used)', 'yacht', 'row 2: purpose has no label "yacht"'],
    ['a name of every object', 'car (used)', 'constructor', 'row 2: purpose has no label "constructor"'],
  ])('a row that the house could not serve is refused, never bent: %s', (_what, from, to, message) => {
    expect(() => read((ROWS[0] ?? '').replace(from, to))).toThrow(message);
  });

  test('a file without the columns is refused, the missing ones named', () => {
    expect(() => applicantsFromCsv('id,status,age\n1,x,30\n', options)).toThrow(
      'missing columns: amount, duration, credit_history',
    );
  });
});
