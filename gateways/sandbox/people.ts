import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CreditFile, creditFileSchema, type IdentityAnswer } from '../bureau';
import { chanceOf, pickWeighted } from './chance';
import type { Journal } from './journal';

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest in hex');

/** SHA-256 of an identifying value, hex: how the sandbox knows a person without keeping who it is. */
export const personDigest = (clear: string): string => createHash('sha256').update(clear).digest('hex');

/** A person as the bureau is told of it. Without `identity`, any name and phone match. */
export const sandboxPersonSchema = z.strictObject({
  idNumber: digestSchema,
  identity: z.strictObject({ name: digestSchema, phone: digestSchema }).optional(),
  file: creditFileSchema,
});
export type SandboxPerson = Readonly<z.infer<typeof sandboxPersonSchema>>;

/** Shares as in the South German credit data. */
const CHECKING = [
  ['200-and-more', 0.394],
  ['none', 0.274],
  ['negative', 0.269],
] as const;
const HISTORY = [
  ['all-paid-here', 0.293],
  ['paid-duly', 0.088],
  ['critical', 0.049],
  ['delayed', 0.04],
] as const;
const SAVINGS = [
  ['1000-and-more', 0.183],
  ['below-100', 0.103],
  ['100-to-500', 0.063],
  ['500-to-1000', 0.048],
] as const;
const CREDITS = [
  ['2-3', 0.333],
  ['4-5', 0.028],
  ['6-and-more', 0.006],
] as const;
const PLANS = [
  ['bank', 0.139],
  ['stores', 0.047],
] as const;
const BLACKLISTED_SHARE = 0.01;
const INDEBTED_SHARE = 0.4;
const MOST_MONTHLY_DEBT = 3_000;

/** The file of a person nobody has told the bureau of: the same for the same seed and ID number, for ever. */
const generatedFile = (seed: string, idNumber: string): CreditFile => {
  const draw = (what: string): number => chanceOf(seed, what, idNumber);
  const debt = draw('indebted') < INDEBTED_SHARE ? Math.floor(draw('debt') * MOST_MONTHLY_DEBT) : 0;
  return {
    checkingStatus: pickWeighted<CreditFile['checkingStatus']>(draw('checking'), CHECKING, 'below-200'),
    creditHistory: pickWeighted<CreditFile['creditHistory']>(draw('history'), HISTORY, 'none-or-paid'),
    savings: pickWeighted<CreditFile['savings']>(draw('savings'), SAVINGS, 'unknown-or-none'),
    existingCredits: pickWeighted<CreditFile['existingCredits']>(draw('credits'), CREDITS, '1'),
    otherInstallmentPlans: pickWeighted<CreditFile['otherInstallmentPlans']>(draw('plans'), PLANS, 'none'),
    existingMonthlyDebt: { amount: `${debt}.00`, currency: 'CNY' },
    blacklisted: draw('blacklisted') < BLACKLISTED_SHARE,
  };
};

/** Whom the bureau knows, by digest of the ID number. */
export class People {
  readonly #seed: string;
  readonly #journal: Journal;
  readonly #known = new Map<string, SandboxPerson>();

  constructor(seed: string, journal: Journal) {
    this.#seed = seed;
    this.#journal = journal;
    for (const entry of journal.earlier) this.#remember(sandboxPersonSchema.parse(entry));
  }

  /** Tells the bureau of people; who is known already is replaced. */
  put(people: readonly SandboxPerson[]): void {
    this.#journal.append(people);
    for (const person of people) this.#remember(person);
  }

  file(idNumber: string): CreditFile {
    const digest = personDigest(idNumber);
    return this.#known.get(digest)?.file ?? generatedFile(this.#seed, digest);
  }

  identify(enquiry: {
    readonly idNumber: string;
    readonly name: string;
    readonly phone: string;
  }): IdentityAnswer['result'] {
    const identity = this.#known.get(personDigest(enquiry.idNumber))?.identity;
    if (identity === undefined) return 'match';
    const same = identity.name === personDigest(enquiry.name) && identity.phone === personDigest(enquiry.phone);
    return same ? 'match' : 'mismatch';
  }

  #remember(person: SandboxPerson): void {
    this.#known.set(person.idNumber, person);
  }
}
