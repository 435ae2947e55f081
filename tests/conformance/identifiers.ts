import { z } from 'zod';
import {
  isBankCardNumber,
  isUnifiedSocialCreditCode,
  passesLuhn,
  readMobileNumber,
  readResidentId,
  residentIdCheckHolds,
} from '../../domain/borrower';
import { type Case, type CaseReader, type Content, compared, firstFailed, type Verdict } from './case';

const checkedSchema = z.looseObject({ value: z.string(), valid: z.boolean() });
const residentIdSchema = checkedSchema.extend({
  birthDate: z.iso.date().optional(),
  checkDigitOk: z.boolean().optional(),
});
const bankCardSchema = z.looseObject({ value: z.string(), luhn: z.boolean() });

const fileSchema = z.looseObject({
  residentId: z.array(residentIdSchema).default([]),
  bankCard: z.array(bankCardSchema).default([]),
  uscc: z.array(checkedSchema).default([]),
  mobile: z.array(checkedSchema).default([]),
});

/** The sex that a number tells is stated in such files and not compared: the house does not read it, on purpose. */
const judgeResidentId = ({ value, valid, birthDate, checkDigitOk }: z.infer<typeof residentIdSchema>): Verdict => {
  const known = readResidentId(value);
  return firstFailed([
    compared('valid', valid, known !== undefined),
    compared('birthDate', birthDate, birthDate && known?.birthDate),
    compared('checkDigitOk', checkDigitOk, checkDigitOk === undefined ? undefined : residentIdCheckHolds(value)),
  ]);
};

/** The check digit alone does not make a card number: its length must be one, too. */
const judgeBankCard = ({ value, luhn }: z.infer<typeof bankCardSchema>): Verdict =>
  firstFailed([
    compared('luhn', luhn, passesLuhn(value)),
    compared('a card number', luhn && value.length >= 13 && value.length <= 19, isBankCardNumber(value)),
  ]);

const KINDS = ['residentId', 'bankCard', 'uscc', 'mobile'] as const;

/** Identifying numbers of the People's Republic of China. */
export const identifiers: CaseReader = {
  kind: 'PRC identifiers',
  recognises: (content: Content) => KINDS.some((kind) => Array.isArray(content[kind])),
  read: (content) => {
    const { residentId, bankCard, uscc, mobile } = fileSchema.parse(content);
    const one = (kind: string, value: string, judge: () => Verdict): Case => ({
      id: `${kind}/${value}`,
      tier: 'identifiers',
      knobs: [kind],
      judge,
    });
    return [
      ...residentId.map((row) => one('residentId', row.value, () => judgeResidentId(row))),
      ...bankCard.map((row) => one('bankCard', row.value, () => judgeBankCard(row))),
      ...uscc.map(({ value, valid }) =>
        one('uscc', value, () => compared('valid', valid, isUnifiedSocialCreditCode(value))),
      ),
      ...mobile.map(({ value, valid }) =>
        one('mobile', value, () => compared('valid', valid, readMobileNumber(value) !== undefined)),
      ),
    ];
  },
};
