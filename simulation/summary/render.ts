import { formatMinor, type Money, type MoneyText } from '../../domain/kernel';
import type { Summary } from './summary';

type Line = readonly string[];

const INDENT = '  ';
const GAP = '   ';

/** Lines in columns: the first one to the left, figures to the right. A line of one cell spans them all. */
const table = (lines: readonly Line[]): readonly string[] => {
  const rows = lines.filter(({ length }) => length > 1);
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return lines.map((line) => {
    const [only = ''] = line;
    if (line.length === 1) return only;
    const cells = line.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return (INDENT + cells.join(GAP)).trimEnd();
  });
};

/** 1234567.89 as 1,234,567.89. */
const grouped = (figure: string): string => figure.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
const count = (value: number): string => grouped(String(value));
const money = ({ amount, currency }: MoneyText): string => `${grouped(amount)} ${currency}`;
const figure = ({ minor, currency }: Money): string => grouped(formatMinor(minor, currency));
/** A column of a trial balance stays empty where the balance is on the other side. */
const column = (amount: Money): string => (amount.minor === 0n ? '' : figure(amount));
const percent = (share: number | undefined): string => (share === undefined ? '' : `${(share * 100).toFixed(1)} %`);

const business = ({ applications, decisionTime, loans, disbursed, repaid }: Summary): readonly Line[] => {
  const { meanMs, mostMs } = decisionTime;
  return [
    ['Applications', count(applications.submitted), ''],
    ['  approved', count(applications.approved), percent(applications.approvalRate)],
    ['  rejected', count(applications.rejected), ''],
    ['  undecided', count(applications.undecided), ''],
    ['  seen by a person', count(applications.referred), ''],
    ['Decision time, mean', meanMs === undefined ? '' : `${meanMs.toFixed(1)} ms`, ''],
    ['Decision time, longest', `${mostMs} ms`, ''],
    ['Loans disbursed', count(loans.disbursed), money(disbursed)],
    ['  active', count(loans.active), ''],
    ['  closed', count(loans.closed), ''],
    ['  written off', count(loans.writtenOff), ''],
    ['Repaid', '', money(repaid)],
  ];
};

const products = ({ byProduct }: Summary): readonly Line[] => [
  ['By product'],
  ['', 'Loans', 'closed', 'Lent', 'Repaid', 'Outstanding', 'Interest earned', 'late', 'Overdue'],
  ...byProduct.map(({ product, loans, closed, lent, repaid, outstanding, interest, late, overdue }) => [
    product,
    count(loans),
    count(closed),
    ...[lent, repaid, outstanding, interest].map(({ amount }) => grouped(amount)),
    count(late),
    grouped(overdue.amount),
  ]),
];

const collections = ({ collections: told }: Summary): readonly Line[] => [
  ['Collections'],
  ['Borrowers who were in arrears', count(told.cases)],
  ['  cases open', count(told.open)],
  ['  with an agency', count(told.withAgencies)],
  ['Contacts', count(told.contacts)],
  ['Promises', count(told.promises.made)],
  ['  kept', count(told.promises.kept)],
  ['  broken', count(told.promises.broken)],
  ['Relief granted', count(told.reliefGranted)],
  ...told.messages.flatMap(({ channel, sent, other }): Line[] => [
    [`Messages by ${channel}`, count(sent)],
    ...(other === 0 ? [] : [['  not certainly sent', count(other)]]),
  ]),
];

const receipts = ({ received }: Summary): readonly Line[] =>
  received.receipts === 0
    ? []
    : [
        ['Came in by itself'],
        ['', 'Payments', 'Amount'],
        ['Brought', count(received.receipts), grouped(received.brought.amount)],
        ['  assigned to loans', '', grouped(received.assigned.amount)],
        ['  paid back', '', grouped(received.refunded.amount)],
        [
          '  in suspense: whose it is nobody knows yet',
          count(received.unidentified),
          grouped(received.suspense.amount),
        ],
      ];

const books = ({ trialBalances, subLedger }: Summary): readonly string[] => [
  ...trialBalances.flatMap(({ currency, rows, debits, credits }) => [
    ...table([
      [`Trial balance, ${currency}`],
      ['Account', 'Debit', 'Credit'],
      ...rows.map(({ account, name, debit, credit }) => [`${account} ${name}`, column(debit), column(credit)]),
      ['Total', figure(debits), figure(credits)],
    ]),
    '',
  ]),
  ...table([
    ['What the loans owe'],
    ['', 'Loans', 'Books'],
    ...subLedger.map(({ what, account, subLedger: loans, generalLedger }) => [
      `${account} ${what}`,
      figure(loans),
      figure(generalLedger),
    ]),
  ]),
];

const share = (part: number, whole: number): string => percent(whole === 0 ? undefined : part / whole);

const decisions = ({ decided }: Summary): readonly Line[] => [
  ['Decisions by segment and arm'],
  ['', 'Decided', 'Approved', 'Loans', 'Bad'],
  ...decided.map(({ name, decided: all, approved, loans, bad }) => [
    name,
    count(all),
    share(approved, all),
    count(loans),
    share(bad, loans),
  ]),
];

const channels = ({ byChannel }: Summary): readonly (readonly Line[])[] =>
  byChannel.length === 0
    ? []
    : [
        [
          ['By channel'],
          ['', 'Payouts', 'Paid out', 'done', 'Cost', 'Debits', 'Taken in', 'done', 'Cost'],
          ...byChannel.map(({ channel, payouts, debits, cost }) => [
            channel,
            ...[count(payouts.settled), grouped(payouts.volume.amount), percent(payouts.successRate)],
            grouped(cost.payouts.amount),
            ...[count(debits.settled), grouped(debits.volume.amount), percent(debits.successRate)],
            grouped(cost.debits.amount),
          ]),
        ],
        [
          ['', 'No answer', 'found out', 'Lines misstated', 'found', 'explained'],
          ...byChannel.map(({ channel, unknown, resolved, planted, found, explained }) => [
            channel,
            ...[unknown, resolved, planted, found, explained].map(count),
          ]),
        ],
      ];

const statements = ({ reconciliation }: Summary): readonly Line[] => [
  ['Reconciliation'],
  ['Statements', count(reconciliation.statements)],
  ['Lines', count(reconciliation.lines)],
  ['  matched', count(reconciliation.matched)],
  ['Breaks', count(reconciliation.breaks)],
  ['  explained', count(reconciliation.explained)],
  ['  of the last day, awaiting the next statement', count(reconciliation.awaiting)],
  ['  unexplained', count(reconciliation.unexplained)],
];

const verdict = ({ holds, findings }: Summary): readonly string[] =>
  holds
    ? ['Everything holds.']
    : ['This does not hold:', ...findings.map(({ check, detail }) => `${INDENT}${check}: ${detail}`)];

/** The summary as text for a terminal, with a line feed at the end. */
export const renderSummary = (summary: Summary): string =>
  [
    `Portfolio as of ${summary.asOf}`,
    '',
    ...table(business(summary)),
    '',
    ...table(products(summary)),
    '',
    ...table(decisions(summary)),
    '',
    ...table([
      ['Arrears, days past due'],
      ['', 'Loans', 'Principal outstanding'],
      ...summary.arrears.map(({ bucket, loans, outstanding }) => [bucket, count(loans), money(outstanding)]),
    ]),
    '',
    ...table(collections(summary)),
    '',
    ...table(receipts(summary)),
    ...(summary.received.receipts === 0 ? [] : ['']),
    ...books(summary),
    '',
    ...channels(summary).flatMap((lines) => [...table(lines), '']),
    ...table(statements(summary)),
    '',
    ...verdict(summary),
    '',
  ].join('\n');
