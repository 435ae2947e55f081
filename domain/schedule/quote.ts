import { z } from 'zod';
import { dayOf } from '../calendar';
import {
  assert,
  type BusinessDate,
  formatMoney,
  type Money,
  type MoneyText,
  moneyOf,
  moneyTextSchema,
  parseMoney,
  rateTextSchema,
  unreachable,
} from '../kernel';
import { allInRateOf } from './all-in-rate';
import { type LoanTerms, loanTermsSchema } from './loan-terms';
import type { LoanAccount, LoanAgreement } from './replay';
import { replayLoan } from './replay-loan';
import { type Schedule, scheduleOf, scheduleSchema } from './schedule';

/** What was asked, what it costs in all, and the plan: shown before any commitment and repeated in the contract. */
export const quoteSchema = z
  .strictObject({
    principal: moneyTextSchema,
    /** How many installments there are, of the period that the terms name. */
    installments: z.int().min(1).max(1_200),
    terms: loanTermsSchema,
    schedule: scheduleSchema,
    /** Charges that are kept back of the payout: so much less reaches the borrower. Absent: there are none. */
    keptBack: moneyTextSchema.optional(),
    /** All-in annual rate: see `allInRateOf`. Decimal text. */
    allInRate: rateTextSchema,
    /** SHA-256 over the figures of a disbursement on this day: quote = contract = booked schedule. */
    quoteHash: z.string(),
  })
  .meta({ id: 'Quote' });

export type Quote = Readonly<z.infer<typeof quoteSchema>>;

/** A quote before it is sealed with its hash. */
export type QuoteFigures = Omit<Quote, 'quoteHash'>;

/** A hash as lower-case hex of a text's UTF-8 bytes: SHA-256 at the edges; the domain has none of its own. */
export type TextHash = (text: string) => string;

/** What is agreed about a loan besides its terms. */
export const agreementFor = (principal: Money, installments: number, on: BusinessDate): LoanAgreement => ({
  principal: principal.minor,
  installments,
  submittedOn: dayOf(on),
});

/** How many months a plan runs, begun ones counted whole: to compare plans of different periods. */
export const termMonthsOf = ({ dueDates: { period } }: LoanTerms, installments: number): number => {
  const { every, unit } = period;
  switch (unit) {
    case 'days':
      return Math.ceil((every * installments * 12) / 365);
    case 'weeks':
      return Math.ceil((every * installments * 12) / 52);
    case 'months':
      return every * installments;
    case 'years':
      return every * installments * 12;
    default:
      return unreachable(unit);
  }
};

/** A loan as it would stand, paid out in one sum on a day. */
export const asIfDisbursed = (
  terms: LoanTerms,
  principal: Money,
  installments: number,
  on: BusinessDate,
): LoanAccount => {
  assert(principal.currency === terms.currency, `a principal in ${principal.currency} under ${terms.currency} terms`);
  assert(principal.minor > 0n, 'a loan is of something');
  const day = dayOf(on);
  const payout = { id: 'payout', on: day, knownOn: day, kind: 'disbursement', amount: principal.minor } as const;
  return replayLoan(terms, agreementFor(principal, installments, on), [payout], day);
};

/** The quote for a principal over so many installments, as if disbursed on the given day. */
export const quoteOf = (
  terms: LoanTerms,
  principal: Money,
  installments: number,
  on: BusinessDate,
  hash: TextHash,
): Quote => {
  const figures = figuresOf(terms, principal, installments, on);
  return { ...figures, quoteHash: hash(figuresText(figures)) };
};

export const figuresOf = (terms: LoanTerms, principal: Money, installments: number, on: BusinessDate): QuoteFigures => {
  const account = asIfDisbursed(terms, principal, installments, on);
  const [payout] = account.disbursements;
  return {
    principal: formatMoney(principal),
    installments,
    terms,
    schedule: scheduleOf(terms.currency, on, account.installments),
    ...(payout?.kept !== undefined && { keptBack: formatMoney(moneyOf(payout.kept, terms.currency)) }),
    allInRate: allInRateOf(terms, account),
  };
};

/** What reaches the borrower of a quoted principal. */
export const paidOutOf = ({ principal, keptBack }: Pick<Quote, 'principal' | 'keptBack'>): MoneyText => {
  const { minor, currency } = parseMoney(principal);
  return keptBack === undefined ? principal : formatMoney(moneyOf(minor - parseMoney(keptBack).minor, currency));
};

/** The figures of a quote on another day: what its terms make of the same loan, paid out then. */
export const figuresOn = (
  { terms, principal, installments }: Pick<QuoteFigures, 'terms' | 'principal' | 'installments'>,
  on: BusinessDate,
): QuoteFigures => figuresOf(terms, parseMoney(principal), installments, on);

/**
 * The text whose hash identifies a quote: the terms and one line per figure and row, in a fixed order. It is part of
 * the contract: a changed line is a new first line ("usance-quote-3"), never an edit, or old contracts lose their hash.
 */
export const figuresText = ({
  principal,
  installments,
  terms,
  schedule,
  keptBack,
  allInRate,
}: QuoteFigures): string => {
  const { totals } = schedule;
  return [
    'usance-quote-2',
    `principal ${principal.amount} ${principal.currency}`,
    `installments ${installments}`,
    `terms ${inOrder(terms)}`,
    `disbursed ${schedule.disbursedOn}`,
    ...(keptBack === undefined ? [] : [`kept back ${keptBack.amount}`]),
    `all-in ${allInRate}`,
    ...schedule.rows.map(rowText),
    `total ${totals.principal} ${totals.interest} ${totals.fee} ${totals.total}`,
    '',
  ].join('\n');
};

const rowText = ({ n, kind, due, principal, interest, fee, total, balance }: Schedule['rows'][number]): string =>
  `${n} ${kind} ${due} ${principal} ${interest} ${fee} ${total} ${balance}`;

/** Plain data as JSON with the names of each object in order, so that equal terms have one text. */
const inOrder = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  let text = '';
  for (const name of Object.keys(value).sort()) {
    const member: unknown = Reflect.get(value, name);
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${inOrder(member)}`;
  }
  return `{${text}}`;
};
