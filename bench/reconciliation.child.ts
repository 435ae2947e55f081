import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { dateOf } from '../domain/calendar';
import { type Currency, formatMoney, moneyOf } from '../domain/kernel';
import {
  findingsOf,
  HOUSE_RULES,
  ItemTable,
  lineAt,
  type Matching,
  type Movement,
  matchItems,
  pairList,
  type RuleSet,
  ruleSetSchema,
  TextPool,
} from '../domain/reconciliation';
import { readStatement, statementFormatSchema } from '../gateways/statements';
import { COLUMNS, DAY, entryAt, eventAt, FAULTS, faultOf, type Night, referenceOf } from './payments';

const FORMAT = statementFormatSchema.parse({
  name: 'bench',
  version: 1,
  encoding: 'utf-8',
  body: {
    layout: 'csv',
    delimiter: ',',
    columns: {
      by: 'header',
      fields: {
        lineId: 'line',
        reference: 'reference',
        amount: 'amount',
        currency: 'currency',
        bookedOn: 'booked',
        status: 'status',
        corrects: 'corrects',
        text: 'text',
      },
    },
  },
  skipLines: 0,
  ignore: [],
  amounts: { decimalSign: '.', groupSign: '', decimals: 'written', sign: { by: 'sign', negativeIs: 'out' } },
  dates: 'YYYY-MM-DD',
  statuses: { OK: 'settled', RET: 'returned' },
  longestRecord: 4_096,
});

const RULES: RuleSet = ruleSetSchema.parse({
  ...HOUSE_RULES,
  name: 'bench',
  rules: [
    ...HOUSE_RULES.rules,
    {
      name: 'less-the-fee',
      cardinality: '1-1',
      reference: { by: 'exact' },
      amount: { within: 'fee', flat: { amount: '0.30', currency: 'CNY' } },
      dates: { before: 2, after: 2, count: 'business-days' },
      status: 'same',
    },
  ],
});

const tableOf = (pool: TextPool, night: Night, itemAt: typeof eventAt): ItemTable => {
  const table = new ItemTable(pool, night.payments);
  for (let index = 0; index < night.payments; index += 1) {
    const item = itemAt(index, night);
    if (item !== undefined) table.add(item);
  }
  return table;
};

/** The house's own way: the file through its format, three sides in columns, the rules, and the list's hash. */
const reconcile = async (file: string, night: Night): Promise<readonly string[]> => {
  // A reference, an event, an entry and a line of the file for each payment.
  const pool = new TextPool(night.payments * 4);
  const ours = tableOf(pool, night, eventAt);
  const ledger = tableOf(pool, night, entryAt);
  const theirs = new ItemTable(pool, night.payments);
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  const { faults } = await readStatement(source, FORMAT, (line) => theirs.add(line));
  if (faults.length > 0) throw new Error(`${faults.length} faults, the first: ${JSON.stringify(faults[0])}`);
  const matching = matchItems({ ours, theirs, ledger, statementDay: DAY }, RULES);
  const hash = createHash('sha256');
  for (const piece of pairList(matching)) hash.update(piece);
  mustFindAllAndOnly(matching, night);
  const findings = findingsOf(matching, {
    currency: 'CNY',
    movementAt: (own) => movementAt(ours, own),
    lineAt: (line) => lineAt(theirs, line),
    known: () => ({ standing: 'unheard-of' }),
  });
  return [hash.digest('hex'), String(findings.matched), ...findings.breaks.map((each) => JSON.stringify(each))];
};

/** Only the few that are in breaks are ever written out. */
const movementAt = (ours: ItemTable, own: number): Movement => {
  const minor = ours.amounts[own] ?? 0n;
  const currency: Currency = ours.currencyOf(own);
  return {
    reference: ours.referenceOf(own),
    stream: 'payout-bench',
    direction: minor < 0n ? 'out' : 'in',
    amount: formatMoney(moneyOf(minor < 0n ? -minor : minor, currency)),
    valueDate: dateOf(ours.days[own] ?? 0),
    eventId: ours.idOf(own),
  };
};

const breaksOf = ({ sides, breaks }: Matching): readonly string[] =>
  breaks.map(({ type, ours: [own], theirs: [line] }) => {
    const reference = own === undefined ? sides.theirs.referenceOf(line ?? 0) : sides.ours.referenceOf(own);
    return `${type} ${reference}`;
  });

const plantedIn = (night: Night): readonly string[] => {
  const planted: string[] = [];
  for (let index = 0; index < night.payments; index += 1) {
    const fault = faultOf(index, night);
    if (fault !== undefined) planted.push(`${fault.replace('-of-another-day', '')} ${referenceOf(index)}`);
  }
  return planted;
};

const mustFindAllAndOnly = (matching: Matching, night: Night): void => {
  const [planted, found] = [plantedIn(night).toSorted(), breaksOf(matching).toSorted()];
  const [missed, invented] = [new Set(planted), new Set(found)];
  for (const each of found) missed.delete(each);
  for (const each of planted) invented.delete(each);
  if (missed.size + invented.size > 0 || planted.length !== found.length) {
    const [one] = [...missed, ...invented];
    throw new Error(`${missed.size} of ${planted.length} breaks missed, ${invented.size} invented: ${one}`);
  }
  if (FAULTS.some((fault) => !planted.some((each) => each.startsWith(fault.replace('-of-another-day', ''))))) {
    throw new Error('not every type was planted');
  }
};

/** The ceiling: the same file cut at its commas, joined with our events by reference in a Map, amounts compared. */
const joinPlainly = async (file: string, night: Night): Promise<readonly string[]> => {
  const ours = new Map<string, bigint>();
  for (let index = 0; index < night.payments; index += 1) {
    const event = eventAt(index, night);
    if (event !== undefined) ours.set(event.reference, event.amount);
  }
  let [same, other] = [0, 0];
  for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1 << 18 }) })) {
    if (line === COLUMNS) continue;
    const [, reference = '', amount = ''] = line.split(',');
    if (ours.get(reference) === BigInt(amount.replace('.', ''))) same += 1;
    else other += 1;
    ours.delete(reference);
  }
  return [String(same), String(other), String(ours.size)];
};

const WAYS = { reconcile, 'join-plainly': joinPlainly } as const;

/** `reconciliation.child <way> <file> <payments> <breaks>`: does it once, and says what it found and what it took. */
const main = async (way: string, file: string, payments: number, breaks: number): Promise<void> => {
  const work = Object.entries(WAYS).find(([name]) => name === way)?.[1];
  if (work === undefined) throw new Error(`no way is called ${way}`);
  const begun = performance.now();
  const before = process.cpuUsage();
  const found = await work(file, { payments, breaks });
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(before);
  const peakMiB = process.resourceUsage().maxRSS / 1_024;
  const digest = createHash('sha256').update(found.join('\n')).digest('hex').slice(0, 16);
  process.stdout.write(`${JSON.stringify({ seconds, cpuMicros: user + system, peakMiB, digest })}\n`);
};

const [way = '', file = '', payments = '', breaks = ''] = process.argv.slice(2);
main(way, file, Number(payments), Number(breaks)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
