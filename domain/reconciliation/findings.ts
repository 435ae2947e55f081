import { dateOf, dayOf } from '../calendar';
import {
  assert,
  type BusinessDate,
  type Currency,
  formatMoney,
  type Money,
  type MoneyText,
  moneyOf,
  parseMoney,
} from '../kernel';
import { judge, type KnownPayment } from './corrections';
import type { Break, Movement, StatementLine, SumsText } from './events';
import {
  type FoundBreak,
  HOUSE_RULES,
  type Item,
  ItemTable,
  type Matching,
  matchItems,
  type RuleSet,
  TextPool,
  turnoverOf,
} from './matching';

/** What the books say of one event of ours: money in positive. */
export interface BookedMovement {
  readonly entryId: string;
  /** The event that caused the entry. */
  readonly eventId: string;
  readonly amount: Money;
}

/** One statement and what it is held against. */
export interface Comparison {
  readonly businessDate: BusinessDate;
  readonly currency: Currency;
  readonly lines: readonly StatementLine[];
  readonly movements: readonly Movement[];
  /** Absent where the books are not looked at. */
  readonly booked?: readonly BookedMovement[];
  readonly rules?: RuleSet;
  /** What we know of the payment of a reference. */
  readonly known?: (reference: string) => KnownPayment;
}

/** What came of it: in the words of the command that records it. */
export interface Findings {
  readonly lines: number;
  readonly theirs: SumsText;
  readonly ours: SumsText;
  readonly matched: number;
  readonly netted: number;
  readonly fees: MoneyText;
  readonly breaks: readonly Break[];
}

const UNKNOWN: KnownPayment = { standing: 'unheard-of' };
const SETTLED: KnownPayment = { standing: 'settled' };

/**
 * Holds a statement against our movements, and these against the books. Nothing is recorded: with another rule set this
 * is its dry run.
 */
export const compareStatement = (
  comparison: Comparison,
): { readonly matching: Matching; readonly findings: Findings } => {
  const { businessDate, currency, lines, movements, booked, rules = HOUSE_RULES, known } = comparison;
  const pool = new TextPool(lines.length + movements.length);
  const tableOf = (items: readonly Item[]): ItemTable => {
    const table = new ItemTable(pool, items.length);
    for (const item of items) table.add(item);
    return table;
  };
  const statementDay = dayOf(businessDate);
  const matching = matchItems(
    {
      ours: tableOf(movements.map(itemOfMovement)),
      theirs: tableOf(lines.map(itemOfLine)),
      ...(booked && { ledger: tableOf(booked.map((entry) => itemOfEntry(entry, statementDay))) }),
      statementDay,
    },
    rules,
  );
  const describe = {
    currency,
    movementAt: (own: number): Movement => present(movements[own]),
    lineAt: (line: number): StatementLine => present(lines[line]),
    known: known ?? (() => UNKNOWN),
  };
  return { matching, findings: findingsOf(matching, describe) };
};

const present = <T>(item: T | undefined): T => {
  assert(item !== undefined, 'an item outside its side');
  return item;
};

const signed = (direction: 'in' | 'out', amount: MoneyText): bigint => {
  const { minor } = parseMoney(amount);
  return direction === 'in' ? minor : -minor;
};

const itemOfMovement = ({ reference, direction, amount, valueDate, eventId, stream, group }: Movement): Item => ({
  id: eventId ?? `${stream} ${reference}`,
  reference,
  amount: signed(direction, amount),
  currency: amount.currency,
  day: dayOf(valueDate),
  ...(group !== undefined && { group }),
});

const itemOfLine = ({ lineId, reference, direction, amount, bookedOn, ...rest }: StatementLine): Item => ({
  id: lineId,
  reference,
  amount: signed(direction, amount),
  currency: amount.currency,
  day: dayOf(bookedOn),
  ...(rest.status !== undefined && { status: rest.status }),
  ...(rest.text !== undefined && { text: rest.text }),
  ...(rest.group !== undefined && { group: rest.group }),
  ...(rest.corrects !== undefined && { corrects: rest.corrects }),
});

const itemOfEntry = ({ entryId, eventId, amount }: BookedMovement, day: number): Item => ({
  id: entryId,
  reference: eventId,
  amount: amount.minor,
  currency: amount.currency,
  day,
});

/** What turns the indices of a matching back into what they stand for. */
export interface Describing {
  readonly currency: Currency;
  readonly movementAt: (own: number) => Movement;
  readonly lineAt: (line: number) => StatementLine;
  readonly known: (reference: string) => KnownPayment;
}

/** The findings of a matching, in the statement's currency. Only breaks are written out: of many items they are few. */
export const findingsOf = (matching: Matching, describing: Describing): Findings => {
  const { sides, breaks, fees, matchedItems, netted } = matching;
  const { currency } = describing;
  const idOf = breakIds();
  return {
    lines: sides.theirs.length,
    theirs: sumsText(sides.theirs, currency),
    ours: sumsText(sides.ours, currency),
    matched: matchedItems.ours,
    netted,
    fees: inCurrency(fees, currency),
    breaks: breaks.map((found) => breakOf(matching, found, describing, idOf)),
  };
};

const sumsText = (items: ItemTable, currency: Currency): SumsText => {
  const turnover = turnoverOf(items).get(currency);
  const nothing = moneyOf(0n, currency);
  return { in: formatMoney(turnover?.in ?? nothing), out: formatMoney(turnover?.out ?? nothing) };
};

const inCurrency = (amounts: readonly Money[], currency: Currency): MoneyText =>
  formatMoney(amounts.find((amount) => amount.currency === currency) ?? moneyOf(0n, currency));

const MOST_NAMED = 100;

const breakOf = (
  matching: Matching,
  found: FoundBreak,
  { currency, movementAt, lineAt, known }: Describing,
  idOf: ReturnType<typeof breakIds>,
): Break => {
  const { ours: mine, theirs: lines } = found;
  const { ours, theirs, ledger } = matching.sides;
  const [own, line, entry] = [mine[0], lines[0], found.ledger[0]];
  const movement = own === undefined ? undefined : movementAt(own);
  const shown = line === undefined ? undefined : netted(lineAt(line), matching, line);
  const reference =
    movement?.reference ?? shown?.reference ?? (entry === undefined ? '' : (ledger?.referenceOf(entry) ?? ''));
  const foreign = found.differences.find((amount) => amount.currency !== currency);
  const inBooks = found.ledgerDifferences[0];
  const unjudged = {
    breakId: idOf(found.type, reference === '' && shown ? shown.lineId : reference),
    type: found.type,
    reference,
    difference: inCurrency(found.differences, currency),
    ...(foreign && { foreignDifference: formatMoney(foreign) }),
    ...(inBooks && { ledgerDifference: formatMoney(inBooks) }),
    ...(movement && { ours: movement }),
    ...(shown && { theirs: shown }),
    ...(mine.length + lines.length > 2 && {
      members: {
        ours: mine.length,
        theirs: lines.length,
        references: mine.slice(0, MOST_NAMED).map((each) => ours.referenceOf(each)),
        lineIds: lines.slice(0, MOST_NAMED).map((each) => theirs.idOf(each)),
      },
    }),
  };
  return { ...unjudged, ...judge(unjudged, movement ? { ...known(reference), ...SETTLED } : known(reference)) };
};

/** A line as it stands after the corrections on its own statement. */
const netted = (line: StatementLine, { theirAmounts, sides }: Matching, at: number): StatementLine => {
  const net = theirAmounts[at] ?? 0n;
  if (net === sides.theirs.amounts[at]) return line;
  const amount = formatMoney(moneyOf(net < 0n ? -net : net, line.amount.currency));
  return { ...line, direction: net < 0n ? 'out' : 'in', amount };
};

/** Ids of breaks: the same statement against the same movements gives the same ids. */
const breakIds = (): ((type: Break['type'], reference: string) => string) => {
  const used = new Map<string, number>();
  return (type, reference) => {
    const id = `${type}-${reference}`;
    const nth = (used.get(id) ?? 0) + 1;
    used.set(id, nth);
    return nth === 1 ? id : `${id}-${nth}`;
  };
};

/** A line of a statement from its columns, for statements too long to be kept as objects. */
export const lineAt = (lines: ItemTable, at: number): StatementLine => {
  const minor = lines.amounts[at] ?? 0n;
  const [text, group, corrects] = [lines.texts, lines.groups, lines.corrected].map((column) =>
    lines.pool.textOf(column[at] ?? 0),
  );
  return {
    lineId: lines.idOf(at),
    reference: lines.referenceOf(at),
    direction: minor < 0n ? 'out' : 'in',
    amount: formatMoney(moneyOf(minor < 0n ? -minor : minor, lines.currencyOf(at))),
    bookedOn: dateOf(lines.days[at] ?? 0),
    status: lines.statusOf(at),
    ...(text && { text }),
    ...(group && { group }),
    ...(corrects && { corrects }),
  };
};
