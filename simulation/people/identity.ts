import { isBankCardNumber, readResidentId } from '../../domain/borrower';
import { addDays, addMonths, assert, type BusinessDate } from '../../domain/kernel';
import { int, pick, type SeededRandom, weighted } from '../random';
import type { Person } from './applicant';

/** Residents by province in ten thousands (seventh national census, 2020), by the first two digits of the area code. */
const RESIDENTS = {
  '11': 2189,
  '12': 1387,
  '13': 7461,
  '14': 3492,
  '15': 2405,
  '21': 4259,
  '22': 2407,
  '23': 3185,
  '31': 2487,
  '32': 8475,
  '33': 6457,
  '34': 6103,
  '35': 4154,
  '36': 4519,
  '37': 10153,
  '41': 9937,
  '42': 5775,
  '43': 6644,
  '44': 12601,
  '45': 5013,
  '46': 1008,
  '50': 3205,
  '51': 8367,
  '52': 3856,
  '53': 4721,
  '54': 365,
  '61': 3953,
  '62': 2502,
  '63': 592,
  '64': 720,
  '65': 2585,
} as const;

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹'];
const GIVEN = [...'伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂华文辉建国志海玉兰红春梅晓东雪飞云鹏宇欣怡浩然子轩诗涵'];

/** Banks that do not exist, under leading digits that no bank has been given. */
const BANKS = [
  { bank: 'Harbour Bank', leading: '62000010', digits: 19 },
  { bank: 'Lantern Bank', leading: '62000020', digits: 19 },
  { bank: 'Orchard Bank', leading: '62000030', digits: 16 },
  { bank: 'Riverside Bank', leading: '62000040', digits: 16 },
] as const;

const digits = (random: SeededRandom, count: number): string =>
  Array.from({ length: count }, () => int(random, 0, 9)).join('');

/** The number with the last character that makes its check hold. */
const completed = (start: string, last: string, holds: (text: string) => boolean): string => {
  const whole = [...last].map((character) => start + character).find(holds);
  assert(whole !== undefined, 'no check character fits');
  return whole;
};

/** The area code of a whole province, "310000": no county's, so that the number is nobody's. */
const idNumber = (random: SeededRandom, age: number, on: BusinessDate): string => {
  const province = weighted(random, RESIDENTS);
  const birthDate = addDays(addMonths(on, -12 * age), -int(random, 0, 364));
  const order = String(int(random, 1, 999)).padStart(3, '0');
  const start = `${province}0000${birthDate.replaceAll('-', '')}${order}`;
  return completed(start, '0123456789X', (text) => readResidentId(text) !== undefined);
};

const cardNumber = (random: SeededRandom, { leading, digits: length }: (typeof BANKS)[number]): string =>
  completed(leading + digits(random, length - leading.length - 1), '0123456789', isBankCardNumber);

/** Makes people up: no two with the same ID number, phone or card. */
export class Registry {
  readonly #on: BusinessDate;
  readonly #taken = new Set<string>();

  /** @param on the day on which they have the age that is asked for */
  constructor(on: BusinessDate) {
    this.#on = on;
  }

  /** A person of so many whole years. */
  person(age: number, random: SeededRandom): Person {
    const names = random.fork('name');
    const numbers = random.fork('id-number');
    const phones = random.fork('phone');
    const cards = random.fork('card');
    const issuer = pick(cards, BANKS);
    const given = Array.from({ length: int(names, 1, 2) }, () => pick(names, GIVEN)).join('');
    return {
      name: pick(names, SURNAMES) + given,
      idNumber: this.#fresh(() => idNumber(numbers, age, this.#on)),
      phone: this.#fresh(() => `1${int(phones, 3, 9)}${digits(phones, 9)}`),
      cardNumber: this.#fresh(() => cardNumber(cards, issuer)),
      bank: issuer.bank,
    };
  }

  #fresh(draw: () => string): string {
    let value = draw();
    while (this.#taken.has(value)) value = draw();
    this.#taken.add(value);
    return value;
  }
}
