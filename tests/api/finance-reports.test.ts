import { TOKENS, the } from '../../app/tokens';
import { costOf } from '../../domain/channel';
import type { DomainEvent } from '../../domain/events';
import { parseMoney } from '../../domain/kernel';
import { linesOf } from '../../domain/loan';
import type { RecordedEvent } from '../../platform/event-log';
import { E_ACCOUNT } from '../support/example-channels';
import { grandTour, type Toured } from '../support/grand-tour';
import { AUDITOR, at, FINANCE, OPERATOR, Stage } from '../support/stage';

/** Every report, against sums made over the log by other means. */

let stage: Stage;
let toured: Toured;
let log: RecordedEvent<DomainEvent>[];

beforeAll(async () => {
  stage = await Stage.open();
  toured = await grandTour(stage);
  stage.house.sandbox?.behave('channel', {});
  await stage.post(OPERATOR, '/v1/channels', { name: 'quickpay', terms: E_ACCOUNT });
  const repayment = { kind: 'voluntary', loanId: toured.loan, amount: { amount: '30.00', currency: 'CNY' } };
  await stage.post(toured.borrower.who, '/v1/repayments', repayment);
  await stage.settled();
  log = [];
  for await (const { events } of the(stage.house.container, TOKENS.eventLog).readAll()) log.push(...events);
});
afterAll(() => stage.close());

type Row = Readonly<Record<string, unknown>>;

const told = async (path: string) => {
  const answer = await stage.get(FINANCE, `/v1/finance/${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer;
};
const rowsOf = async (path: string): Promise<readonly Row[]> => at(await told(path), 'rows') as readonly Row[];

const minorOf = (money: unknown): bigint => parseMoney(money as Parameters<typeof parseMoney>[0]).minor;
const sum = <Of>(all: readonly Of[], minor: (each: Of) => bigint): bigint =>
  all.reduce((total, each) => total + minor(each), 0n);
const facts = <Type extends DomainEvent['type']>(type: Type) =>
  log.filter((event): event is RecordedEvent<Extract<DomainEvent, { type: Type }>> => event.type === type);

/** What an account holds by the entries in the log: debits above zero. */
const held = (account: string): bigint =>
  sum(facts('EntryPosted'), ({ data }) =>
    sum(
      data.postings.filter((posting) => posting.account === account),
      ({ side, amount }) => (side === 'debit' ? minorOf(amount) : -minorOf(amount)),
    ),
  );

/** What facts of loans say of a role in the books: debits above zero. */
const byLoans = (role: string): bigint =>
  sum(log, ({ data }) =>
    'journal' in data
      ? sum(
          linesOf(data.journal).filter((line) => line.role === role),
          ({ side, amount }) => {
            const minor = minorOf({ amount, currency: 'CNY' });
            return side === 'debit' ? minor : -minor;
          },
        )
      : 0n,
  );

describe('reports on loans', () => {
  it('age the principal that is receivable, all of it', async () => {
    const rows = await rowsOf('ageing');
    expect(sum(rows, ({ principal }) => minorOf(principal))).toBe(held('1101'));
    expect(held('1101')).toBe(byLoans('principal-receivable'));
    expect(held('1101')).toBeGreaterThan(0n);
  });

  it('provide for the same principal, category by category', async () => {
    const rows = await rowsOf('provision');
    expect(sum(rows, ({ principal }) => minorOf(principal))).toBe(held('1101'));
    const normal = rows.find(({ category }) => category === 'normal');
    expect(minorOf(normal?.['provision'])).toBe((minorOf(normal?.['principal']) * 100n + 9_999n) / 10_000n);
  });

  it('follow what was lent, and what was lost of it', async () => {
    const all = await rowsOf('vintages');
    const last = all
      .map(({ month }) => String(month))
      .toSorted()
      .at(-1);
    const rows = all.filter(({ month }) => month === last);
    expect(sum(rows, ({ lent }) => minorOf(lent))).toBe(
      sum(facts('LoanDisbursed'), ({ data }) => minorOf(data.amount)),
    );
    expect(sum(rows, ({ outstanding }) => minorOf(outstanding))).toBe(held('1101'));
    expect(sum(rows, ({ lost }) => minorOf(lost))).toBe(held('5001') + held('5004'));
    expect(sum(rows, ({ recovered }) => minorOf(recovered))).toBe(-held('4004'));
  });

  it('tell the income of the books, and what was paid of it', async () => {
    const rows = await rowsOf('income?from=2026-01');
    const of = (earning: string, what: 'booked' | 'paid') =>
      sum(
        rows.filter((row) => row['earning'] === earning),
        (row) => minorOf(row[what]),
      );
    expect(of('interest', 'booked')).toBe(-held('4001'));
    expect(of('fee', 'booked')).toBe(-held('4002'));
    expect(of('penalty', 'booked')).toBe(-held('4003'));
    expect(of('recovery', 'booked')).toBe(-held('4004'));
    const undone = new Set(
      facts('FactReversed').flatMap(({ data }) => (data.fact.kind === 'undo' ? [data.fact.of] : [])),
    );
    const standing = facts('RepaymentApplied').filter(({ data }) => !undone.has(data.repaymentId));
    expect(of('interest', 'paid')).toBe(sum(standing, ({ data }) => minorOf(data.totals.interest)));
  });

  it('roll what was in a bucket a month before, wherever it has gone', async () => {
    const month = new Date(stage.clock.now()).toISOString().slice(0, 7);
    expect(await rowsOf('roll-rates?from=2026-01&to=2026-03')).toEqual([]);
    const [before] = [...(await rowsOf('vintages'))].filter(({ monthsOnBook }) => monthsOnBook === 0);
    const rolled = await rowsOf(`roll-rates?from=${month}&to=${month}`);
    expect(sum(rolled, ({ principal }) => minorOf(principal))).toBe(minorOf(before?.['outstanding']));
  });
});

describe('reports on money', () => {
  it('open, list and close every account as the trial balance has it', async () => {
    const balance = await told('trial-balance');
    const accounts = at(balance, 'currencies', 0, 'rows') as readonly { account: string }[];
    expect(accounts.length).toBeGreaterThan(10);
    for (const { account } of accounts) {
      const ledger = await told(`general-ledger/${account}?from=2026-01-01&limit=100`);
      const lines = at(ledger, 'lines') as readonly { side: string; amount: unknown }[];
      expect([account, minorOf(at(ledger, 'closing'))]).toEqual([account, held(account)]);
      if (at(ledger, 'next') !== undefined) continue;
      const moved = sum(lines, ({ side, amount }) => (side === 'debit' ? minorOf(amount) : -minorOf(amount)));
      expect([account, moved]).toEqual([account, held(account)]);
    }
  });

  it('go from page to page of an account, and lose no line', async () => {
    const ids: unknown[] = [];
    let path: string | undefined = 'general-ledger/1001?from=2026-01-01&limit=1';
    while (path !== undefined) {
      const page = await told(path);
      ids.push(...(at(page, 'lines') as readonly { entryId: string }[]).map(({ entryId }) => entryId));
      const next = at(page, 'next');
      path = typeof next === 'string' ? next.replace('/v1/finance/', '') : undefined;
    }
    const all = facts('EntryPosted').flatMap(({ data }) => data.postings.filter(({ account }) => account === '1001'));
    expect(ids).toHaveLength(all.length);
  });

  it('say what each channel and the custody bank hold', async () => {
    const rows = await rowsOf('cash-position');
    const custody = rows.find(({ channel }) => channel === 'custody');
    const instructed = sum(facts('CustodyInstructionSettled'), ({ data: { flow } }) => {
      if (flow === undefined || (flow.from && flow.to)) return 0n;
      return flow.to ? minorOf(flow.amount) : -minorOf(flow.amount);
    });
    const moved =
      sum(facts('RepaymentSettled'), ({ data }) => minorOf(data.amount)) +
      sum(facts('ReceiptRecorded'), ({ data }) => minorOf(data.amount)) -
      sum(facts('ReceiptRefunded'), ({ data }) => minorOf(data.amount)) -
      sum(facts('PayoutSettled'), ({ data }) => minorOf(data.amount));
    expect(minorOf(custody?.['balance'])).toBe(instructed + moved);
    const quickpay = rows.find(({ channel }) => channel === 'quickpay');
    expect(minorOf(quickpay?.['balance'])).toBe(3_000n);
  });

  it('report a channel in three blocks, whose figures follow from each other', async () => {
    const channel = String(facts('PayoutSettled')[0]?.data.channel);
    const report = await told(`channels/${channel}/report?from=2026-01-01`);
    expect(minorOf(at(report, 'balance', 'opening'))).toBe(0n);
    const own = (type: 'PayoutSettled' | 'RepaymentSettled' | 'ReceiptRecorded' | 'ReceiptRefunded') =>
      sum(
        facts(type).filter(({ data }) => data.channel === channel),
        ({ data }) => minorOf(data.amount),
      );
    expect(minorOf(at(report, 'balance', 'activity', 'payouts', 'amount'))).toBe(
      -own('PayoutSettled') - own('ReceiptRefunded'),
    );
    expect(minorOf(at(report, 'balance', 'activity', 'repayments', 'amount'))).toBe(
      own('RepaymentSettled') + own('ReceiptRecorded'),
    );
    const stated = sum(
      facts('StatementImported').filter(({ data }) => data.channel === channel),
      ({ data }) => minorOf(data.theirs.in) - minorOf(data.theirs.out),
    );
    expect(minorOf(at(report, 'statedByThem'))).toBe(stated);
  });

  it('cost what the terms of the channels say', async () => {
    const [row] = await rowsOf('channel-costs');
    const amount = { minor: 3_000n, currency: 'CNY' } as const;
    expect(row).toMatchObject({ channel: 'quickpay', direction: 'in', settled: 1 });
    expect(minorOf(row?.['cost'])).toBe(costOf(E_ACCOUNT.cost, amount).minor);
  });
});

describe('the forms of a report', () => {
  const PATHS = [
    'ageing',
    'roll-rates?from=2026-04&to=2026-04',
    'vintages',
    'income',
    'provision',
    'cash-position',
    'channel-costs',
    'trial-balance',
    'general-ledger/1001?from=2026-01-01',
    'channels/custody/report?from=2026-01-01',
  ];

  it.each(PATHS)('%s: a table with a head, and a workbook', async (path) => {
    const and = path.includes('?') ? '&' : '?';
    const table = await told(`${path}${and}format=csv`);
    expect(table.headers.get('content-type')).toContain('text/csv');
    const [head = '', ...lines] = table.text.trimEnd().split('\r\n');
    expect(head).toMatch(/currency/);
    expect(lines.length).toBeGreaterThan(0);
    const book = await told(`${path}${and}format=xlsx`);
    expect(book.headers.get('content-type')).toContain('spreadsheetml');
    expect(book.text.startsWith('PK')).toBe(true);
  });

  it('has one block as CSV, and says which there are', async () => {
    const path = '/v1/finance/channels/custody/report?from=2026-01-01&format=csv&block';
    expect((await stage.get(AUDITOR, `${path}=breaks`)).text).toMatch(/^break,type,/);
    const wrong = await stage.get(AUDITOR, `${path}=nothing`);
    expect([wrong.status, wrong.text]).toEqual([400, expect.stringContaining('not-yet-settled')]);
  });
});
