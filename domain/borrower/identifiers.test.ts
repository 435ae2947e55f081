import fc from 'fast-check';
import { z } from 'zod';
import {
  bankCardNumberSchema,
  isBankCardNumber,
  isMobileNumber,
  isUnifiedSocialCreditCode,
  maskBankCardNumber,
  maskIdNumber,
  maskMobileNumber,
  mobileNumberSchema,
  passesLuhn,
  readMobileNumber,
  readResidentId,
  residentIdCheckHolds,
  residentIdNumberSchema,
} from '.';

// The first is the example of GB 11643-1999; the others follow from its rule, with birth years before 1900.
const RESIDENT_IDS = [
  ['11010519491231002X', '1949-12-31', '11'],
  ['110101188503070014', '1885-03-07', '11'],
  ['440300189202290035', '1892-02-29', '44'],
  ['650102189908150051', '1899-08-15', '65'],
  ['830000189705050072', '1897-05-05', '83'],
] as const;

describe('a resident ID number (GB 11643-1999)', () => {
  it.each(RESIDENT_IDS)('%s was born on %s in province %s', (number, birthDate, region) => {
    expect(readResidentId(number)).toEqual({ number, birthDate, region });
    expect(residentIdNumberSchema.safeParse(number).success).toBe(true);
  });

  it('may be written with a small x, and is kept with a capital one', () => {
    expect(readResidentId('11010519491231002x')?.number).toBe('11010519491231002X');
    expect(residentIdNumberSchema.safeParse('11010519491231002x').success).toBe(true);
  });

  it.each([
    ['44052418800101001X', 'its check character is wrong'],
    ['110101189302290015', '1893 was no leap year'],
    ['440524880101001', 'it is of the first generation'],
    ['11010519491231002XX', 'it has 19 characters'],
    ['1101051949123100A2', 'it has a letter inside'],
    ['990101188503070018', 'there is no such province'],
    ['１１010519491231002X', 'its digits are full-width'],
    ['11010519491231002X\n', 'something follows it'],
    ['', 'it is empty'],
  ])('%s is none: %s', (text) => {
    expect(readResidentId(text)).toBeUndefined();
    expect(residentIdNumberSchema.safeParse(text).success).toBe(false);
  });

  it('has its check character told apart from the rest: 1893 was no leap year, whatever the check says', () => {
    expect(residentIdCheckHolds('110101189302290015')).toBe(true);
    expect(residentIdCheckHolds('11010519491231002x')).toBe(true);
    expect(residentIdCheckHolds('44052418800101001X')).toBe(false);
    expect(residentIdCheckHolds('1101051949123100A2')).toBe(false);
    expect(residentIdCheckHolds('11010519491231002XX')).toBe(false);
  });

  it('is found wrong when any one digit is mistyped, or two neighbours are swapped', () => {
    const anId = fc.constantFrom(...RESIDENT_IDS.map(([number]) => number));
    fc.assert(
      fc.property(anId, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        const digit = (Number(number[at]) + shift) % 10;
        expect(readResidentId(`${number.slice(0, at)}${digit}${number.slice(at + 1)}`)).toBeUndefined();
        const [left, right] = [number[at], number[at + 1]];
        const swapped = `${number.slice(0, at)}${right}${left}${number.slice(at + 2)}`;
        expect(left !== right && readResidentId(swapped) !== undefined).toBe(false);
      }),
    );
  });

  it('never appears in the message about what is wrong with it', () => {
    const { error } = residentIdNumberSchema.safeParse('44052418800101001X');
    expect(error?.message).not.toContain('440524');
  });
});

describe('a mobile number', () => {
  it.each(['13800138000', '16612345678', '19212345678', '14112345678'])('%s can be one', (text) => {
    expect(isMobileNumber(text)).toBe(true);
    expect(mobileNumberSchema.safeParse(text).success).toBe(true);
  });

  it.each(['10012345678', '12012345678', '138001380001', '1380013800', '+8613800138000', '1380013800a', ''])(
    '%s cannot',
    (text) => {
      expect(isMobileNumber(text)).toBe(false);
      expect(mobileNumberSchema.safeParse(text).success).toBe(false);
    },
  );
});

it.each([
  ['008613800138000', '13800138000'],
  ['+8613800138000', '13800138000'],
  ['13800138000', '13800138000'],
  ['8613800138000', undefined],
  ['0086008613800138000', undefined],
])('a mobile number written as %s is %s', (text, number) => {
  expect(readMobileNumber(text)).toBe(number);
});

describe('a unified social credit code (GB 32100-2015)', () => {
  it.each(['91350100M000100Y43', '91310000MA1FL0000N'])('%s can be one', (text) => {
    expect(isUnifiedSocialCreditCode(text)).toBe(true);
  });

  it.each(['91350100I000100Y43', '91350100M000100Y4', '91350100M000100Y433', '91350100m000100y43', ''])(
    '%s cannot',
    (text) => expect(isUnifiedSocialCreditCode(text)).toBe(false),
  );

  it('is found wrong when any one character is mistyped', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    fc.assert(
      fc.property(fc.nat(17), fc.integer({ min: 1, max: 30 }), (at, shift) => {
        const code = '91350100M000100Y43';
        const wrong = alphabet[(alphabet.indexOf(code[at] ?? '') + shift) % 31];
        expect(isUnifiedSocialCreditCode(`${code.slice(0, at)}${wrong}${code.slice(at + 1)}`)).toBe(false);
      }),
    );
  });
});

it('the Luhn check alone asks for no length', () => {
  expect(['0', '79927398713', '79927398710', '', 'a'].map(passesLuhn)).toEqual([true, true, false, false, false]);
});

describe('a bank card number', () => {
  // Public test numbers of the card schemes.
  it.each(['4111111111111111', '6200000000000005', '378282246310005'])('%s can be one', (text) => {
    expect(isBankCardNumber(text)).toBe(true);
    expect(bankCardNumberSchema.safeParse(text).success).toBe(true);
  });

  it.each(['6200000000000050', '79927398710', '0', '4111 1111 1111 1111', '41111111111111111111', ''])(
    '%s cannot',
    (text) => {
      expect(isBankCardNumber(text)).toBe(false);
      expect(bankCardNumberSchema.safeParse(text).success).toBe(false);
    },
  );

  it('is found wrong when any one digit is mistyped', () => {
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const number = '6200000000000005';
        const digit = (Number(number[at]) + shift) % 10;
        expect(isBankCardNumber(`${number.slice(0, at)}${digit}${number.slice(at + 1)}`)).toBe(false);
      }),
    );
  });
});

describe('masks', () => {
  it('leave what a person needs to recognise a number', () => {
    expect(maskIdNumber('11010519491231002X')).toBe('110***********002X');
    expect(maskMobileNumber('13800138000')).toBe('138****8000');
    expect(maskBankCardNumber('6200000000000005')).toBe('************0005');
  });

  it('leave nothing of a text that is too short to hide anything in', () => {
    expect(maskMobileNumber('1380013')).toBe('*******');
    expect(maskBankCardNumber('0005')).toBe('****');
    expect(maskIdNumber('')).toBe('');
  });
});

it.each([residentIdNumberSchema, mobileNumberSchema, bankCardNumberSchema])(
  'the schemas of identifiers are plain texts in JSON Schema, in and out',
  (schema) => {
    const asInput = z.toJSONSchema(schema, { io: 'input' });
    expect(asInput).toMatchObject({ type: 'string', pattern: expect.stringContaining('^') });
    expect(z.toJSONSchema(schema, { io: 'output' })).toEqual(asInput);
  },
);
