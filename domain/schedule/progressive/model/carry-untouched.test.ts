import { agreed, START, termsWith } from '../../../../tests/support/progressive-loans';
import type { LoanTerms } from '../../loan-terms';
import { carryInto } from './carry';
import { carryThroughUntouched, DONE } from './carry-untouched';
import { disburse } from './disburse';
import { copyOf, type InterestPeriod, interestPeriod, type Model, modelOf, type RepaymentPeriod } from './model';
import { repaymentPeriods } from './repayment-periods';

const LENT = 1_000_000n;
const COUNT = 8;
const plain = termsWith();

const lentOut = (terms: LoanTerms = plain, amount = LENT): Model => {
  const model = modelOf(terms, repaymentPeriods(terms, agreed(amount, COUNT), START));
  disburse(model, START, amount);
  model.changedFrom = Number.POSITIVE_INFINITY;
  model.changedTo = -1;
  return model;
};

const periodOf = (model: Model, index: number): RepaymentPeriod => {
  const period = model.periods[index];
  if (period === undefined) throw new RangeError(`no period ${index}`);
  return period;
};

/** Principal is paid early in the first period: all that follows has another balance. */
const paidEarly = (model: Model, amount = 123_456n): Model => {
  for (const part of periodOf(model, 0).parts) part.correction -= amount;
  carryInto(model, 0);
  model.changedFrom = Number.POSITIVE_INFINITY;
  model.changedTo = -1;
  return model;
};

const oneByOne = (model: Model): Model => {
  const copy = copyOf(model);
  for (let index = 1; index < copy.periods.length; index += 1) carryInto(copy, index);
  return copy;
};

const figuresOf = ({ periods, sums, changedFrom, changedTo }: Model) => ({
  periods: periods.map(({ isUntouched: _, ...period }) => period),
  sums,
  changed: [changedFrom, changedTo],
});

test('a changed balance goes through untouched periods as it does through each by itself', () => {
  for (const amount of [123_456n, 900_000n, 1_000_000n, -50_000n]) {
    const model = paidEarly(lentOut(), amount);
    const slow = oneByOne(model);
    const before = model.sums.dueInterest;
    expect(carryThroughUntouched(model, 1)).toBe(DONE);
    expect(figuresOf(model)).toEqual(figuresOf(slow));
    expect(model.sums.dueInterest < before).toBe(amount > 0n);
  }
});

test('nothing is written where nothing changes', () => {
  const model = lentOut();
  const before = figuresOf(copyOf(model));
  expect(carryThroughUntouched(model, 1)).toBe(DONE);
  expect(figuresOf(model)).toEqual(before);
  expect([model.changedFrom, model.changedTo]).toEqual([Number.POSITIVE_INFINITY, -1]);
});

test('it ends where the balance is what it was', () => {
  const model = paidEarly(lentOut());
  const third = periodOf(model, 3);
  for (const part of periodOf(model, 2).parts) part.correction += 123_456n;
  const copy = copyOf(model);
  carryInto(copy, 1);
  carryInto(copy, 2);
  const [part] = third.parts;
  const [reached] = periodOf(oneByOne(copy), 3).parts;
  if (part === undefined || reached === undefined) throw new RangeError('a period has a part');
  for (const part of periodOf(model, 2).parts) part.correction = 0n;
  Object.assign(part, { balance: 1n, base: Number(periodOf(oneByOne(model), 3).parts[0]?.balance) });
  const interest = third.interest;
  expect(carryThroughUntouched(model, 1)).toBe(DONE);
  expect(part.balance).toBe(1n);
  expect(third.interest).toBe(interest);
  expect([model.changedFrom, model.changedTo]).toEqual([1, 2]);
});

describe('what has happened to a period is looked at there', () => {
  const partOf = (period: RepaymentPeriod): InterestPeriod => {
    const [first] = period.parts;
    if (first === undefined) throw new RangeError('a period has a part');
    return first;
  };
  const ofPart: Readonly<Record<string, (part: InterestPeriod) => Partial<InterestPeriod>>> = {
    'days without interest': () => ({ paused: true }),
    'a later beginning': ({ from }) => ({ from: from + 1 }),
    'an earlier end': ({ to }) => ({ to: to - 1 }),
    'another balance': () => ({ correction: 1n }),
    'a payout': () => ({ disbursed: 1n }),
    'principal put back': () => ({ creditedPrincipal: 1n }),
    'interest put back': () => ({ creditedInterest: 1n }),
  };
  const ofPeriod: Readonly<Record<string, (period: RepaymentPeriod) => Partial<RepaymentPeriod>>> = {
    'another part': ({ due, parts }) => ({ parts: [...parts, interestPeriod(due, due)] }),
    'interest due earlier': () => ({ interestPlace: 'earlier' }),
    'grace on interest': () => ({ interestGrace: true }),
    'principal that leads': () => ({ plannedPrincipal: 5n }),
    'paid principal': () => ({ paidPrincipal: 1n }),
    'paid interest': () => ({ paidInterest: 1n }),
    'interest carried in': () => ({ carriedIn: 1n }),
    'interest of later days': () => ({ interestFromLater: 1n }),
    'interest that is fixed': () => ({ fixedInterest: 1n }),
    'amounts put back': () => ({ credited: 1n }),
    'amounts moved away': () => ({ creditedMoved: 1n }),
    'an installment that is not counted': ({ emi }) => ({ emi: emi + 1n }),
    'interest that is not counted': ({ counted }) => ({ counted: { ...counted, dueInterest: 1n } }),
    'principal that is not counted': ({ counted }) => ({ counted: { ...counted, duePrincipal: 1n } }),
  };

  const stopsAt = (touch: (period: RepaymentPeriod) => void): boolean | undefined => {
    const model = paidEarly(lentOut());
    const third = periodOf(model, 3);
    touch(third);
    expect(carryThroughUntouched(model, 1)).toBe(3);
    expect([model.changedFrom, model.changedTo]).toEqual([1, 2]);
    return third.isUntouched;
  };

  test.each(Object.entries(ofPart))('%s', (_, touch) => {
    expect(stopsAt((period) => Object.assign(partOf(period), touch(partOf(period))))).toBe(false);
  });

  test.each(Object.entries(ofPeriod))('%s', (_, touch) => {
    expect(stopsAt((period) => Object.assign(period, touch(period)))).toBe(false);
  });

  test('no days', () => {
    expect(stopsAt((period) => Object.assign(period, { parts: [] }))).toBeUndefined();
  });

  test('interest that finds no room in the installment', () => {
    const small = (period: RepaymentPeriod) =>
      Object.assign(period, { emi: 5n, counted: { ...period.counted, asked: 5n } });
    expect(stopsAt(small)).toBe(true);
  });

  test('once: what was found is kept until it is worked out again', () => {
    const model = paidEarly(lentOut());
    periodOf(model, 3).isUntouched = true;
    partOf(periodOf(model, 3)).paused = true;
    expect(carryThroughUntouched(model, 1)).toBe(DONE);
    carryInto(model, 3);
    expect(periodOf(model, 3).isUntouched).toBeUndefined();
  });
});

describe('it is left to each period by itself', () => {
  test('from the first one, which none is before', () => {
    expect(carryThroughUntouched(paidEarly(lentOut()), 0)).toBe(0);
  });

  test('where interest follows no balance', () => {
    const flat = paidEarly(lentOut({ ...plain, interest: { ...plain.interest, method: 'flat' } }));
    expect(carryThroughUntouched(flat, 1)).toBe(1);
  });

  test('where the one before leaves interest', () => {
    const model = paidEarly(lentOut());
    periodOf(model, 0).interest += 1n;
    expect(carryThroughUntouched(model, 1)).toBe(1);
  });

  test('where sums are larger than doubles add up', () => {
    expect(carryThroughUntouched(paidEarly(lentOut(plain, 2n ** 43n)), 1)).toBe(1);
    const model = paidEarly(lentOut());
    const third = periodOf(model, 3);
    third.emi = 2n ** 42n;
    third.counted.asked = third.emi;
    expect(carryThroughUntouched(model, 1)).toBe(3);
  });

  test('where doubles leave a doubt', () => {
    const terms: LoanTerms = { ...plain, rounding: { mode: 'HALF_EVEN', smoothing: false } };
    const model = lentOut(terms);
    for (const period of model.periods) for (const each of period.parts) each.factor = 2 ** -10;
    const first = periodOf(model, 0);
    for (const each of first.parts) each.balance = 512n + first.duePrincipal;
    for (const each of first.parts) Object.assign(each, { correction: 0n, disbursed: 0n });
    expect(carryThroughUntouched(model, 1)).toBe(1);
  });
});

test('a balance is never below nothing, and bears nothing then', () => {
  const model = paidEarly(lentOut(), 990_000n);
  const slow = oneByOne(model);
  expect(carryThroughUntouched(model, 1)).toBe(DONE);
  expect(periodOf(model, COUNT - 1).interest).toBe(0n);
  expect(figuresOf(model)).toEqual(figuresOf(slow));
});
