import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cny, disbursedLoan, LOAN, obey, PAYOUT, quoteFor, repaid, TERMS } from '../../tests/support/example-loan';
import { give } from '../../tests/support/loan-servicing';
import {
  accrualId,
  businessDate,
  custodyInstructionId,
  instant,
  type MoneyText,
  productId,
  receiptId,
} from '../kernel';
import type { LoanEvent } from '../loan';
import type { AccountingTerms } from '../schedule';
import { ACCOUNTS } from './accounts';
import { ACCOUNT_OF, entryFor, FINANCIAL_EVENTS, type Recorded } from './posting-rules';

/** The table of docs/accounting.md, made by letting each thing happen and looking at what is booked. */

type Fact = Pick<Recorded, 'type' | 'data'>;
type Basis = AccountingTerms['basis'];

const on = businessDate;
const LENT = on('2026-01-15');
const DUE = '2026-02-15';
const LATE = '2026-03-01';
const SUSPENDED = '2026-05-17';

/** The loan of 3,000.00 over three months, on a basis; and what has become of it by some days. */
const livesOn = (basis: Basis) => {
  const terms = { ...TERMS, accounting: { basis, suspendAfterDays: 90 } };
  const lent = disbursedLoan(quoteFor(terms, 300_000n, 3, LENT), LENT);
  const agedTo = (day: string, events: readonly LoanEvent[] = lent) =>
    obey(events, on(day), { type: 'AgeLoan', data: { loanId: LOAN, asOf: on(day) } });
  const due = agedTo(DUE);
  const late = agedTo(LATE, due);
  const almost = agedTo('2026-05-16', late);
  return { lent, due, late, almost, suspended: agedTo(SUSPENDED, almost), agedTo };
};
type Lives = ReturnType<typeof livesOn>;

const writeOff = (events: readonly LoanEvent[], day: string) =>
  obey(events, on(day), { type: 'WriteOffLoan', data: { loanId: LOAN, reason: 'insolvency' } });
const does = (events: readonly LoanEvent[], day: string, ...said: Parameters<typeof give>) =>
  obey(events, on(day), give(said[0], said[1], day));
const since = (before: readonly LoanEvent[], after: readonly LoanEvent[]) => after.slice(before.length);
const paying = ({ due }: Lives) => repaid(due, 'a', '1080.07', DUE);
const overpaid = ({ lent }: Lives) => repaid(lent, 'a', '3100.00', '2026-01-15');
const fee = { charge: 'fee', calculation: { kind: 'flat', amount: '5.00' }, dueOn: on(DUE) } as const;
const charged = ({ lent, agedTo }: Lives) => agedTo(DUE, does(lent, '2026-01-20', 'AddCharge', fee));
const lastFact = (events: readonly LoanEvent[], type: LoanEvent['type']): string => {
  const event = events.findLast((each) => each.type === type);
  return event !== undefined && 'fact' in event.data ? event.data.fact.id : '';
};

const accruing = (accrued: string, suspended: string): readonly Fact[] => {
  const level = { accrued: cny(accrued), suspended: cny(suspended) };
  const nothing = { accrued: cny('0.00'), suspended: cny('0.00') };
  const about = { productId: productId('cash'), currency: 'CNY', valueDate: LENT, loans: 1, through: '' };
  return [{ type: 'InterestAccrued', data: { ...about, accrued: level, change: level, restated: nothing } }];
};
const movement = (amount: MoneyText) => ({ loanId: LOAN, amount, channel: 'c', effectId: 'e', valueDate: LENT });
const moved = (type: string, more: object = {}): readonly Fact[] => [
  { type, data: { ...movement(cny('1.00')), ...more } },
];

const instructed = (type: string, flow: object = { to: 'house' }): readonly Fact[] => [
  { type, data: { valueDate: LENT, effectId: 'e', flow: { amount: cny('1.00'), ...flow } } },
];

/** What happens, the event that says so, and how it comes about. */
const ROWS: readonly (readonly [string, string, (lives: Lives) => readonly Fact[]])[] = [
  [
    'PayoutSubmitted',
    'a payout is on its way',
    () => moved('PayoutSubmitted', { submittedAt: instant('2026-01-15T00:00:00.000Z') }),
  ],
  ['PayoutSettled', 'it has arrived', () => moved('PayoutSettled')],
  ['PayoutFailed', 'it has not', () => moved('PayoutFailed')],
  ['LoanDisbursed', 'a payout becomes debt', ({ lent }) => lent],
  ['InterestAccrued', 'interest is earned on a business date', () => accruing('1.00', '0.00')],
  ['InterestAccrued', 'the same, of loans whose interest is suspended', () => accruing('1.00', '1.00')],
  ['InterestAccrued', 'what was accrued has fallen due, or is not earned after all', () => accruing('-1.00', '0.00')],
  ['LoanAged', 'an installment falls due', ({ lent, due }) => since(lent, due)],
  ['LoanAged', 'penalty interest is charged', ({ due, late }) => since(due, late)],
  ['LoanAged', 'interest is suspended', ({ almost, suspended }) => since(almost, suspended)],
  ['RepaymentSettled', 'money has come in', () => moved('RepaymentSettled')],
  ['ReceiptRecorded', 'money has come in by itself', () => moved('ReceiptRecorded')],
  ['ReceiptAssigned', 'it is known what loan a part of it is for', () => moved('ReceiptAssigned')],
  ['ReceiptRefunded', 'a part of it has gone back', () => moved('ReceiptRefunded')],
  ['RepaymentApplied', 'it pays what is due', (lives) => since(lives.due, paying(lives))],
  ['RepaymentApplied', 'it pays in advance', ({ lent }) => since(lent, repaid(lent, 'a', '500.00', '2026-01-30'))],
  ['RepaymentApplied', 'it is more than is owed', (lives) => since(lives.lent, overpaid(lives))],
  [
    'RepaymentApplied',
    'it pays interest that was suspended',
    ({ suspended }) => since(suspended, repaid(suspended, 'a', '300.00', SUSPENDED)),
  ],
  [
    'RepaymentApplied',
    'it makes the loan current again',
    ({ suspended }) => since(suspended, repaid(suspended, 'a', '3300.00', SUSPENDED)),
  ],
  [
    'RepaymentApplied',
    'it comes in for a loan that was charged off',
    ({ late }) => {
      const off = does(late, LATE, 'ChargeOffLoan', {});
      return since(off, repaid(off, 'a', '100.00', LATE));
    },
  ],
  [
    'RepaymentApplied',
    'it comes in for a loan that was written off',
    ({ late }) => since(writeOff(late, LATE), repaid(writeOff(late, LATE), 'a', '100.00', LATE)),
  ],
  [
    'CreditApplied',
    'a merchant gives money back',
    ({ due }) => since(due, does(due, DUE, 'ApplyCredit', { credit: 'merchant-refund', amount: cny('100.00') })),
  ],
  [
    'CreditApplied',
    'a credit of goodwill',
    ({ due }) => since(due, does(due, DUE, 'ApplyCredit', { credit: 'goodwill-credit', amount: cny('100.00') })),
  ],
  [
    'CreditBalanceRefunded',
    'what was paid too much is given back',
    (lives) =>
      since(overpaid(lives), does(overpaid(lives), '2026-01-16', 'RefundCreditBalance', { amount: cny('10.00') })),
  ],
  ['ChargeAdded', 'a fee is charged that is due', ({ due }) => since(due, does(due, DUE, 'AddCharge', fee))],
  [
    'ChargeWaived',
    'a fee that was due is waived',
    (lives) =>
      since(charged(lives), does(charged(lives), DUE, 'WaiveCharge', { of: lastFact(charged(lives), 'ChargeAdded') })),
  ],
  [
    'ChargeAdjusted',
    'a fee is lowered',
    (lives) =>
      since(
        charged(lives),
        does(charged(lives), DUE, 'AdjustCharge', { of: lastFact(charged(lives), 'ChargeAdded'), amount: cny('2.00') }),
      ),
  ],
  [
    'RepaymentChargedBack',
    'the payer takes money back',
    (lives) =>
      since(
        paying(lives),
        does(paying(lives), DUE, 'ChargeBackRepayment', { of: 'repayment-a', amount: cny('50.00') }),
      ),
  ],
  [
    'LoanChargedOff',
    'a loss is recognized; collecting goes on',
    ({ late }) => since(late, does(late, LATE, 'ChargeOffLoan', {})),
  ],
  ['LoanWrittenOff', 'the debt is given up', ({ late }) => since(late, writeOff(late, LATE))],
  [
    'LoanWrittenOff',
    'the same, its interest having been suspended',
    ({ suspended }) => since(suspended, writeOff(suspended, SUSPENDED)),
  ],
  [
    'LoanSettled',
    'less than is owed is taken for all of it',
    ({ late }) => since(late, does(late, LATE, 'SettleLoan', { amount: cny('1000.00') })),
  ],
  [
    'FactReversed',
    'a repayment is taken back',
    (lives) => since(paying(lives), does(paying(lives), DUE, 'ReverseFact', { of: 'repayment-a' })),
  ],
  [
    'CustodyInstructionSubmitted',
    'the custody bank is told to move money',
    () => instructed('CustodyInstructionSubmitted'),
  ],
  ['CustodyInstructionSettled', 'the house tops up its account', () => instructed('CustodyInstructionSettled')],
  [
    'CustodyInstructionSettled',
    'the house withdraws from it',
    () => instructed('CustodyInstructionSettled', { from: 'house' }),
  ],
  [
    'CustodyInstructionSettled',
    'a client’s account is topped up',
    () => instructed('CustodyInstructionSettled', { to: 'client' }),
  ],
  [
    'CustodyInstructionSettled',
    'the house transfers to a client',
    () => instructed('CustodyInstructionSettled', { from: 'house', to: 'client' }),
  ],
  ['CustodyInstructionFailed', 'the bank refuses', () => instructed('CustodyInstructionFailed')],
];

const named = (account: keyof typeof ACCOUNTS): string => `${account} ${ACCOUNTS[account].name}`;

const streamOf = (type: string): string => {
  if (type === 'InterestAccrued') return accrualId(productId('cash'), 'CNY');
  if (type.startsWith('Custody')) return custodyInstructionId('i');
  if (type.startsWith('Receipt')) return receiptId('r');
  return type.startsWith('Payout') ? PAYOUT : LOAN;
};

/** The accounts that something moves: what it debits, then what it credits. */
const bookedBy = (type: string, facts: readonly Fact[]): string => {
  const stream = streamOf(type);
  const entries = facts
    .filter((fact) => fact.type === type)
    .flatMap((fact) => entryFor({ ...fact, id: 'e', stream }) ?? []);
  const postings = entries.at(-1)?.postings ?? [];
  const side = (which: 'debit' | 'credit', short: string) =>
    postings.filter((posting) => posting.side === which).map(({ account }) => `${short} ${named(account)}`);
  const lines = [...side('debit', 'Dr').toSorted(), ...side('credit', 'Cr').toSorted()];
  return lines.length === 0 ? 'nothing' : lines.join('<br>');
};

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const DOCUMENT = readFileSync(join(__dirname, '..', '..', 'docs', 'accounting.md'), 'utf8');
const between = (name: string): string =>
  DOCUMENT.split(`<!-- ${name}:start -->\n`)[1]?.split(`\n<!-- ${name}:end -->`)[0] ?? '';

describe('docs/accounting.md', () => {
  test('has the chart of accounts', () => {
    const roles = new Map(Object.entries(ACCOUNT_OF).map(([role, account]) => [account, role]));
    const rows = Object.entries(ACCOUNTS).map(([code, { name, kind }]) => [
      code,
      name,
      kind,
      roles.get(code as keyof typeof ACCOUNTS) ?? '',
    ]);
    expect(between('chart')).toBe(table(['account', 'name', 'kind', 'role of a loan’s money'], rows));
  });

  test('has what every event does to the books, on both bases', () => {
    const [accrual, cash] = [livesOn('accrual'), livesOn('cash')];
    const rows = ROWS.map(([type, what, facts]) => {
      const [first, second] = [bookedBy(type, facts(accrual)), bookedBy(type, facts(cash))];
      const onCash = type === 'InterestAccrued' ? 'has no register' : second === first ? 'the same' : second;
      return [`\`${type}\``, what, first, onCash];
    });
    expect(between('rules')).toBe(table(['event', 'what happens', 'accrual', 'cash'], rows));
  });

  test('names every event that can move money', () => {
    const [, others = ''] = DOCUMENT.split('<!-- rules:end -->');
    const told = new Set(ROWS.map(([type]) => type as string));
    for (const type of FINANCIAL_EVENTS) if (!told.has(type)) expect(others).toContain(`\`${type}\``);
  });
});
