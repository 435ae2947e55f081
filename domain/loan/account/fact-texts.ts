import { z } from 'zod';
import { dayOf } from '../../calendar';
import { type BusinessDate, businessDateSchema, type Currency, rateTextSchema, unreachable } from '../../kernel';
import {
  chargeCalculationSchema,
  creditKindSchema,
  type InterestHandling,
  type LoanFact,
  periodSchema,
} from '../../schedule';
import { amountTextSchema, penOf } from './pen';

const INTEREST_HANDLINGS = [
  'default',
  'equal-of-payable',
  'equal-of-full',
  'waive',
  'split',
] as const satisfies readonly InterestHandling[];
export const interestHandlingSchema = z.enum(INTEREST_HANDLINGS);

const dated = {
  id: z.string().min(1),
  /** The business date on which it became known, where it is another than the day that it counts for. */
  knownOn: businessDateSchema.optional(),
};

const of = z.string().min(1);

/**
 * A fact of a loan as it travels in an event; amounts are decimal texts in the loan's currency. It counts for the value
 * date of its event.
 */
export const factTextSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...dated,
    kind: z.literal('disbursement'),
    amount: amountTextSchema,
    installment: amountTextSchema.optional(),
  }),
  z.strictObject({
    ...dated,
    kind: z.literal('credit'),
    credit: creditKindSchema,
    amount: amountTextSchema,
    refundsInterest: z.boolean().optional(),
  }),
  z.strictObject({ ...dated, kind: z.literal('payoff') }),
  z.strictObject({ ...dated, kind: z.literal('credit-balance-refund'), amount: amountTextSchema }),
  z.strictObject({
    ...dated,
    kind: z.literal('charge'),
    charge: z.enum(['fee', 'penalty']),
    calculation: chargeCalculationSchema,
    dueOn: businessDateSchema.optional(),
  }),
  z.strictObject({ ...dated, kind: z.literal('charge-waiver'), of, installment: z.int().min(1).optional() }),
  z.strictObject({ ...dated, kind: z.literal('charge-adjustment'), of, amount: amountTextSchema }),
  z.strictObject({ ...dated, kind: z.literal('chargeback'), of, amount: amountTextSchema }),
  z.strictObject({ ...dated, kind: z.literal('rate-change'), perYear: rateTextSchema }),
  z.strictObject({ ...dated, kind: z.literal('due-date-move'), from: businessDateSchema, to: businessDateSchema }),
  z.strictObject({ ...dated, kind: z.literal('extra-installments'), from: businessDateSchema, count: z.int().min(1) }),
  z.strictObject({
    ...dated,
    kind: z.literal('grace'),
    from: businessDateSchema,
    principal: z.int().min(0),
    interest: z.int().min(0),
  }),
  z.strictObject({
    ...dated,
    kind: z.literal('re-age'),
    period: periodSchema,
    startsOn: businessDateSchema,
    installments: z.int().min(1),
    interest: interestHandlingSchema,
  }),
  z.strictObject({ ...dated, kind: z.literal('re-amortize'), interest: interestHandlingSchema }),
  z.strictObject({ ...dated, kind: z.literal('interest-pause'), through: businessDateSchema }),
  z.strictObject({ ...dated, kind: z.literal('charge-off') }),
  z.strictObject({ ...dated, kind: z.literal('write-off') }),
  z.strictObject({ ...dated, kind: z.literal('termination') }),
  z.strictObject({ ...dated, kind: z.literal('settlement'), amount: amountTextSchema }),
  z.strictObject({ ...dated, kind: z.literal('undo'), of }),
]);
export type FactText = Readonly<z.infer<typeof factTextSchema>>;

/** When a fact became known, as its text says it. */
export const knownOn = (today: BusinessDate, valueDate: BusinessDate): Pick<FactText, 'knownOn'> =>
  today === valueDate ? {} : { knownOn: today };

/** The fact of an event, as the engine takes it. */
export const readFact = (text: FactText, valueDate: BusinessDate, currency: Currency): LoanFact => {
  const pen = penOf(currency);
  const on = dayOf(valueDate);
  const when = { id: text.id, on, knownOn: text.knownOn === undefined ? on : dayOf(text.knownOn) };
  switch (text.kind) {
    case 'disbursement':
      return {
        ...when,
        kind: text.kind,
        amount: pen.read(text.amount),
        ...(text.installment !== undefined && { installment: pen.read(text.installment) }),
      };
    case 'credit':
      return {
        ...when,
        kind: text.kind,
        credit: text.credit,
        amount: pen.read(text.amount),
        ...(text.refundsInterest !== undefined && { refundsInterest: text.refundsInterest }),
      };
    case 'credit-balance-refund':
    case 'settlement':
      return { ...when, kind: text.kind, amount: pen.read(text.amount) };
    case 'charge-adjustment':
    case 'chargeback':
      return { ...when, kind: text.kind, of: text.of, amount: pen.read(text.amount) };
    case 'charge':
      return {
        ...when,
        kind: text.kind,
        charge: text.charge,
        calculation: text.calculation,
        ...(text.dueOn !== undefined && { dueOn: dayOf(text.dueOn) }),
      };
    case 'charge-waiver':
      return {
        ...when,
        kind: text.kind,
        of: text.of,
        ...(text.installment !== undefined && { installment: text.installment }),
      };
    case 'rate-change':
      return { ...when, kind: text.kind, perYear: text.perYear };
    case 'due-date-move':
      return { ...when, kind: text.kind, from: dayOf(text.from), to: dayOf(text.to) };
    case 'extra-installments':
      return { ...when, kind: text.kind, from: dayOf(text.from), count: text.count };
    case 'grace':
      return { ...when, kind: text.kind, from: dayOf(text.from), principal: text.principal, interest: text.interest };
    case 're-age':
      return {
        ...when,
        kind: text.kind,
        period: text.period,
        startsOn: dayOf(text.startsOn),
        installments: text.installments,
        interest: text.interest,
      };
    case 're-amortize':
      return { ...when, kind: text.kind, interest: text.interest };
    case 'interest-pause':
      return { ...when, kind: text.kind, through: dayOf(text.through) };
    case 'undo':
      return { ...when, kind: text.kind, of: text.of };
    case 'payoff':
    case 'charge-off':
    case 'write-off':
    case 'termination':
      return { ...when, kind: text.kind };
    default:
      return unreachable(text);
  }
};
