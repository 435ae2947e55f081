import type { StateReader } from '../commands';
import { type BusinessDate, reconciliationId } from '../domain/kernel';
import { type Break, compareStatement, pairList, type RuleSet } from '../domain/reconciliation';
import { sha256Of } from '../platform/runtime';
import type { CloseOfDayWorld } from './close-of-day';
import { DayBook } from './day-book';
import { rulesInForce } from './rules-in-force';

export type DryRunWorld = Pick<CloseOfDayWorld, 'log' | 'channels' | 'custody' | 'currency'> & {
  /** Where the rules in force are read. */
  readonly bus: StateReader;
};

/** What came of one rule set. */
interface Tried {
  /** Name and version. */
  readonly rules: string;
  /** Movements of ours that the statement shows as we have them. */
  readonly matched: number;
  readonly breaks: number;
  /** SHA-256 of what was matched with what, hex. */
  readonly pairs: string;
}

type BreakFound = Pick<Break, 'type' | 'reference' | 'difference'>;

/** Whose statement, of which date, by which rules. */
export interface DryRunAsked {
  readonly channel: string;
  readonly date: BusinessDate;
  readonly rules: RuleSet;
}

export type DryRun =
  | {
      readonly outcome: 'compared';
      /** SHA-256 of the statement as it came now, hex; it need not be the one that was imported then. */
      readonly statementHash: string;
      readonly lines: number;
      readonly inForce: Tried;
      readonly tried: Tried;
      /** Breaks that only the one or only the other finds. */
      readonly onlyInForce: readonly BreakFound[];
      readonly onlyTried: readonly BreakFound[];
    }
  /** There is no such counterparty, or it gives no statement now. */
  | { readonly outcome: 'unknown-counterparty' }
  | { readonly outcome: 'no-statement'; readonly reason: string };

/**
 * Holds a counterparty's statement of a date against our movements by other rules than those in force, as they stood
 * when that statement was reconciled (or stand now, if none was). Writes nothing.
 */
export const dryRun = async (world: DryRunWorld, { channel, date, rules }: DryRunAsked): Promise<DryRun> => {
  const { log, bus, channels, custody, currency } = world;
  const gateway = channels.find(({ name }) => name === channel);
  const statement = gateway
    ? await gateway.statement(date)
    : channel === custody.name && (await custody.statement(date, currency));
  if (statement === false) return { outcome: 'unknown-counterparty' };
  if (statement.outcome !== 'answered') return { outcome: 'no-statement', reason: statement.reason };

  const book = new DayBook(log, { channels: channels.map(({ name }) => name), custody: custody.name });
  await book.catchUp(reconciliationId(channel, date));
  const movements = book.movementsThrough(channel, date);
  const by = (set: RuleSet): { readonly came: Tried; readonly breaks: readonly BreakFound[] } => {
    const { matching, findings } = compareStatement({
      ...{ businessDate: date, currency, lines: statement.lines, movements, rules: set },
      booked: book.bookedFor(movements),
      known: (reference) => book.known(reference),
    });
    const { matched, breaks } = findings;
    const pairs = sha256Of(pairList(matching));
    return { came: { rules: matching.rules, matched, breaks: breaks.length, pairs }, breaks };
  };
  const [inForce, tried] = [by((await rulesInForce(bus, channel)).rules), by(rules)];
  return {
    outcome: 'compared',
    statementHash: statement.statementHash,
    lines: statement.lines.length,
    inForce: inForce.came,
    tried: tried.came,
    onlyInForce: without(inForce.breaks, tried.breaks),
    onlyTried: without(tried.breaks, inForce.breaks),
  };
};

const keyOf = ({ type, reference, difference }: BreakFound): string =>
  `${type} ${reference} ${difference.amount} ${difference.currency}`;

const without = (breaks: readonly BreakFound[], others: readonly BreakFound[]): readonly BreakFound[] => {
  const known = new Set(others.map(keyOf));
  return breaks
    .filter((found) => !known.has(keyOf(found)))
    .map(({ type, reference, difference }) => ({ type, reference, difference }));
};
