import { z } from 'zod';
import {
  addDays,
  assert,
  type BusinessDate,
  businessDateSchema,
  type Currency,
  daysBetween,
  formatMoney,
  type MoneyText,
  moneyOf,
  moneyTextSchema,
  parseMoney,
} from '../../domain/kernel';
import type { Doing } from './behaviour';
import { dayAt } from './business-day';
import { chanceOf, digestOf } from './chance';
import type { Journal } from './journal';

const FAULTS = ['wrong-amount', 'missing', 'duplicate'] as const;

const instructed = {
  key: z.string(),
  movement: z.enum(['payout', 'debit', 'received', 'returned']),
  amount: moneyTextSchema,
};

const executedSchema = z.strictObject({
  entry: z.literal('executed'),
  ...instructed,
  /** Of a debit that might be partial: what was there to be taken. */
  taken: moneyTextSchema.optional(),
  reference: z.string(),
  bookedOn: businessDateSchema,
  /** Milliseconds since 1970 from which the movement is there; later than the instruction when it settles late. */
  settlesAt: z.number(),
  /** What the channel's statement will get wrong, and on which date's statement that is put right. */
  fault: z.strictObject({ kind: z.enum(FAULTS), correctedOn: businessDateSchema }).optional(),
});
/** A movement of money that has happened, or will. */
export type Executed = Readonly<z.infer<typeof executedSchema>>;

/** Debits, and what somebody has sent by themselves. */
export const isMoneyIn = (movement: Executed['movement']): boolean => movement === 'debit' || movement === 'received';

/** The money that it has moved. */
export const movedBy = ({ amount, taken }: Pick<Executed, 'amount' | 'taken'>): MoneyText => taken ?? amount;

const refusedSchema = z.strictObject({ entry: z.literal('refused'), ...instructed, code: z.string() });
type Refused = Readonly<z.infer<typeof refusedSchema>>;

const entrySchema = z.discriminatedUnion('entry', [executedSchema, refusedSchema]);
type Entry = Executed | Refused;

export type Instruction = Pick<Executed, 'key' | 'movement' | 'amount'> & {
  readonly businessDate: BusinessDate;
  /** Of a debit: what is there is taken where it is less. */
  readonly mayBePartial: boolean;
};

/** Money that somebody has sent to the account by themselves, or that went back to them. */
export const transferSchema = z.strictObject({
  /** What the statement calls it. */
  key: z.string().min(1).max(100),
  movement: z.enum(['received', 'returned']),
  amount: moneyTextSchema,
  businessDate: businessDateSchema,
});
export type Transfer = Readonly<z.infer<typeof transferSchema>>;

/** How an instruction that is new is to be met. */
export interface Treatment {
  readonly does: Doing;
  readonly refusal: string;
  readonly settleLateMs: number;
  readonly statementFaults: number;
  /** The share of debits for which not all is there that is asked for. */
  readonly partialDebits: number;
}

export type Standing =
  | { readonly standing: 'settled'; readonly movement: Executed }
  /** Will settle, and nobody can see it yet. */
  | { readonly standing: 'hidden'; readonly movement: Executed }
  | { readonly standing: 'refused'; readonly refusal: Refused };

/** A movement as the account sees it: money in positive, money out negative. */
interface Flow {
  readonly bookedOn: BusinessDate;
  readonly settlesAt: number;
  readonly currency: Currency;
  readonly minor: bigint;
}

/**
 * What the payment channel has done, under the key of each instruction: at most one movement or one refusal a key, for
 * ever. The custody bank reads the same book, because it is the same money.
 */
export class MovementBook {
  readonly #seed: string;
  readonly #journal: Journal;
  readonly #nextBusinessDate: (date: BusinessDate) => BusinessDate;
  readonly #byKey = new Map<string, Entry>();
  readonly #byDate = new Map<BusinessDate, Executed[]>();
  readonly #corrections = new Map<BusinessDate, Executed[]>();
  readonly #flows: Flow[] = [];

  constructor(options: {
    readonly seed: string;
    readonly journal: Journal;
    readonly nextBusinessDate: (date: BusinessDate) => BusinessDate;
  }) {
    this.#seed = options.seed;
    this.#journal = options.journal;
    this.#nextBusinessDate = options.nextBusinessDate;
    for (const entry of options.journal.earlier) this.#index(entrySchema.parse(entry));
  }

  /** Does what an instruction asks for, unless its key is known; `conflict` when the key came with something else. */
  instruct(instruction: Instruction, treatment: Treatment, now: number): Standing | 'conflict' {
    const known = this.#byKey.get(instruction.key);
    if (known === undefined) {
      this.#write(this.#entryFor(instruction, treatment, now));
    } else if (
      known.movement !== instruction.movement ||
      known.amount.amount !== instruction.amount.amount ||
      known.amount.currency !== instruction.amount.currency
    ) {
      return 'conflict';
    }
    const standing = this.standing(instruction.key, now);
    assert(standing !== undefined, 'an instruction that was given has a standing');
    return standing;
  }

  /** What others have sent to the account, or had sent back, without an instruction. The same key again is nothing. */
  transfer({ key, movement, amount, businessDate }: Transfer, now: number): void {
    if (this.#byKey.has(key)) return;
    const about = { key, movement, amount, reference: this.#referenceOf(key), bookedOn: businessDate, settlesAt: now };
    this.#write({ entry: 'executed', ...about });
  }

  /** How many instructions and transfers it has on record, whatever became of them. */
  get size(): number {
    return this.#byKey.size;
  }

  /** What became of a key. */
  standing(key: string, now: number): Standing | undefined {
    const entry = this.#byKey.get(key);
    if (entry === undefined) return undefined;
    if (entry.entry === 'refused') return { standing: 'refused', refusal: entry };
    return { standing: entry.settlesAt <= now ? 'settled' : 'hidden', movement: entry };
  }

  /** The movements of a business date, in the order of their keys. */
  bookedOn(date: BusinessDate, now: number): readonly Executed[] {
    return settledByKey(this.#byDate.get(date), now);
  }

  /** The movements that an earlier statement got wrong and the statement of this date puts right. */
  correctedOn(date: BusinessDate, now: number): readonly Executed[] {
    return settledByKey(this.#corrections.get(date), now);
  }

  /** Money in minus money out up to the end of a business date, in minor units. */
  net(until: BusinessDate, currency: Currency, now: number): bigint {
    let net = 0n;
    for (const flow of this.#flows) {
      if (flow.bookedOn <= until && flow.settlesAt <= now && flow.currency === currency) net += flow.minor;
    }
    return net;
  }

  /** Every movement that has happened, in the order of execution. */
  executed(now: number): readonly Executed[] {
    return [...this.#byKey.values()].filter(
      (entry): entry is Executed => entry.entry === 'executed' && entry.settlesAt <= now,
    );
  }

  #entryFor(instruction: Instruction, treatment: Treatment, now: number): Entry {
    const { key, movement, amount, businessDate } = instruction;
    if (treatment.does === 'refuses') return { entry: 'refused', key, movement, amount, code: treatment.refusal };
    const settlesAt = treatment.does === 'later' ? now + treatment.settleLateMs : now;
    const bookedOn = addDays(businessDate, daysBetween(dayAt(now), dayAt(settlesAt)));
    const faulty = chanceOf(this.#seed, 'statement', key) < treatment.statementFaults;
    const kind = FAULTS[Math.floor(chanceOf(this.#seed, 'fault', key) * FAULTS.length)] ?? 'missing';
    return {
      entry: 'executed',
      key,
      movement,
      amount,
      ...this.#partOf(instruction, treatment),
      reference: this.#referenceOf(key),
      bookedOn,
      settlesAt,
      ...(faulty && { fault: { kind, correctedOn: this.#nextBusinessDate(bookedOn) } }),
    };
  }

  /** What is there of the money that a debit asks for, where that is not all of it: between a fifth and four fifths. */
  #partOf({ key, amount, mayBePartial }: Instruction, { partialDebits }: Treatment): Pick<Executed, 'taken'> {
    if (!mayBePartial || chanceOf(this.#seed, 'part', key) >= partialDebits) return {};
    const { minor, currency } = parseMoney(amount);
    const percent = 20n + BigInt(Math.floor(chanceOf(this.#seed, 'part-size', key) * 60));
    const part = (minor * percent) / 100n;
    return part > 0n ? { taken: formatMoney(moneyOf(part, currency)) } : {};
  }

  #referenceOf(key: string): string {
    return `ch-${digestOf(this.#seed, 'reference', key).slice(0, 16)}`;
  }

  #write(entry: Entry): void {
    this.#journal.append([entry]);
    this.#index(entry);
  }

  #index(entry: Entry): void {
    this.#byKey.set(entry.key, entry);
    if (entry.entry === 'refused') return;
    const { bookedOn, settlesAt, movement } = entry;
    const { minor, currency } = parseMoney(movedBy(entry));
    this.#flows.push({ bookedOn, settlesAt, currency, minor: isMoneyIn(movement) ? minor : -minor });
    append(this.#byDate, bookedOn, entry);
    if (entry.fault !== undefined) append(this.#corrections, entry.fault.correctedOn, entry);
  }
}

const append = <Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
};

const settledByKey = (movements: readonly Executed[] | undefined, now: number): readonly Executed[] =>
  (movements ?? [])
    .filter(({ settlesAt }) => settlesAt <= now)
    .sort((a, b) => {
      if (a.key === b.key) return 0;
      return a.key < b.key ? -1 : 1;
    });
