import { businessDate, type MoneyText, moneyOf } from '../../domain/kernel';
import { type TrialBalance, trialBalance } from '../../domain/ledger';
import type { LoanDoc, PortfolioDoc, ReceivablesDoc, ReconciliationDoc } from '../../projections';
import { type Figures, renderSummary, summarize } from '.';

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });
const asOf = businessDate('2026-11-20');

const portfolio: PortfolioDoc = {
  borrowers: 5,
  applications: { submitted: 5, approved: 3, rejected: 1, referred: 2 },
  decisions: { count: 4, totalMs: 50, mostMs: 21 },
  loans: { disbursed: 3, closed: 1, writtenOff: 0, cancelled: 1 },
  disbursed: cny('1234567.00'),
  repaid: cny('1230000.50'),
};

const parts = (interest: string, principal: string) => ({ penalty: '0.00', fee: '0.00', interest, principal });

const installment = (due: string, paid = parts('0.00', '0.00'), remitted = parts('0.00', '0.00')) => ({
  due,
  scheduled: parts('30.00', '1000.00'),
  paid,
  remitted,
});

const loan = (status: LoanDoc['status'], bucket: LoanDoc['bucket'], outstanding: string) => ({
  productId: 'product-1',
  lent: cny(status === 'cancelled' ? '0.00' : '4000.00'),
  repayments: status === 'closed' ? [{ amount: cny('4000.00') }, { amount: cny('30.50') }] : [],
  installments: [],
  status,
  bucket,
  principalOutstanding: cny(outstanding),
});

const receivables: ReceivablesDoc = {
  currency: 'CNY',
  portions: { penalty: cny('1.25'), fee: cny('0.00'), interest: cny('30.00'), principal: cny('5000.00') },
  credit: cny('7.00'),
};

const books = trialBalance(
  new Map([
    [
      'CNY',
      new Map([
        ['1001', -4_000_25n],
        ['1101', 5_000_00n],
        ['1102', 30_00n],
        ['1104', 1_25n],
        ['2003', -7_00n],
        ['2101', -15_00n],
        ['4001', -1_009_00n],
      ]),
    ],
  ]),
);

type Break = ReconciliationDoc['breaks'][number];

const broken = (breakId: string, difference: string, explanation?: string): Break => ({
  breakId,
  type: 'amount',
  reference: 'effect-1',
  difference: cny(difference),
  suggestion: { action: 'none', why: 'a line of another day' },
  priority: 'P3',
  openedAt: '2026-11-20T10:00:00.000Z',
  ...(explanation === undefined ? {} : { explanation }),
});

const statement = (date: string, changes: Partial<ReconciliationDoc> = {}): ReconciliationDoc => ({
  id: `reconciliation-pay-${date}`,
  channel: 'pay',
  businessDate: date,
  status: 'closed',
  lines: 10,
  matched: 10,
  theirs: { in: cny('100.00'), out: cny('40.00') },
  ours: { in: cny('100.00'), out: cny('40.00') },
  statementHash: 'a1',
  breaks: [],
  ...changes,
});

const sound: Figures = {
  asOf,
  decisions: [
    { version: 1, segment: 'new', arm: 'champion', approved: true, loan: 'bad' },
    { version: 1, segment: 'new', arm: 'champion', approved: true, loan: 'good' },
    { version: 2, segment: 'new', arm: 'champion', approved: false, loan: 'none' },
    { version: 2, segment: 'prime', arm: 'challenger', approved: true, loan: 'good' },
  ],
  portfolio,
  products: [{ id: 'product-1', offering: { name: 'Cash' } }],
  loans: [
    loan('active', 'current', '3000.00'),
    loan('active', '31-60', '2000.00'),
    loan('closed', 'current', '0.00'),
    loan('cancelled', 'current', '0.00'),
  ],
  receivables: [receivables],
  receipts: [{ amount: cny('50.00'), suspense: cny('15.00'), refunded: cny('5.00') }],
  trialBalances: books,
  channels: [
    {
      channel: 'pay',
      totals: {
        out: { settled: 3, failed: 1, unanswered: 2, foundOut: 1, volume: cny('12000.00'), cost: cny('4.50') },
        in: { settled: 0, failed: 0, unanswered: 0, foundOut: 0, volume: cny('0.00'), cost: cny('0.00') },
      },
    },
  ],
  planted: [],
  reconciliations: [statement('2026-11-19'), statement('2026-11-20')],
  cases: [],
  messages: [],
};

const findingsIn = (changes: Partial<Figures>) => summarize({ ...sound, ...changes }).findings;

describe('the summary of a sound house', () => {
  const summary = summarize(sound);

  test('holds', () => {
    expect(summary.findings).toEqual([]);
    expect(summary.holds).toBe(true);
  });

  test('adds the figures up', () => {
    expect(summary.applications).toEqual({
      submitted: 5,
      approved: 3,
      rejected: 1,
      undecided: 1,
      referred: 2,
      approvalRate: 0.75,
    });
    expect(summary.decisionTime).toEqual({ meanMs: 12.5, mostMs: 21 });
    expect(summary.loans.active).toBe(2);
    expect(summary.arrears).toEqual([
      { bucket: 'current', loans: 1, outstanding: cny('3000.00') },
      { bucket: '1-30', loans: 0, outstanding: cny('0.00') },
      { bucket: '31-60', loans: 1, outstanding: cny('2000.00') },
      { bucket: '61-90', loans: 0, outstanding: cny('0.00') },
      { bucket: '90+', loans: 0, outstanding: cny('0.00') },
    ]);
    expect(summary.reconciliation).toMatchObject({ statements: 2, lines: 20, matched: 20, breaks: 0 });
  });

  test('tells the loans of each product', () => {
    expect(summary.byProduct).toEqual([
      {
        product: 'Cash',
        loans: 3,
        closed: 1,
        lent: cny('12000.00'),
        repaid: cny('4030.50'),
        outstanding: cny('5000.00'),
        interest: cny('0.00'),
        overdue: cny('0.00'),
        late: 1,
      },
    ]);
  });

  test('interest is earned once it falls due or is paid; overdue is what was due before today and is unpaid', () => {
    const installments = [
      installment('2026-10-20', parts('30.00', '1000.00')),
      installment('2026-11-19', parts('10.00', '0.00'), parts('5.00', '0.00')),
      installment('2026-11-20'),
      installment('2026-12-20', parts('2.00', '0.00')),
      installment('2027-01-20'),
    ];
    const [one] = summarize({ ...sound, loans: [{ ...loan('active', '1-30', '4000.00'), installments }] }).byProduct;
    expect(one).toMatchObject({ interest: cny('87.00'), overdue: cny('1015.00') });
  });

  test('tells what went through each channel', () => {
    expect(summary.byChannel).toEqual([
      {
        channel: 'pay',
        payouts: { settled: 3, volume: cny('12000.00'), successRate: 0.75 },
        debits: { settled: 0, volume: cny('0.00'), successRate: undefined },
        cost: { payouts: cny('4.50'), debits: cny('0.00') },
        ...{ unknown: 2, resolved: 1, planted: 0, found: 0, explained: 0 },
      },
    ]);
  });

  test('holds what was misstated on purpose against what was found', () => {
    const planted = (reference: string, bookedOn = '2026-11-19') => ({ channel: 'pay', reference, bookedOn });
    const reconciliations = [
      statement('2026-11-19', { breaks: [{ ...broken('b1', '0.09', 'put right'), reference: 'one' }] }),
      statement('2026-11-20', { breaks: [{ ...broken('b2', '-0.09', 'put right'), reference: 'one' }] }),
    ];
    const found = { ...sound, reconciliations, planted: [planted('one'), planted('later', '2026-11-21')] };
    expect(summarize(found).byChannel).toMatchObject([{ planted: 1, found: 1, explained: 1 }]);
    expect(summarize(found).findings.filter(({ detail }) => detail.includes('misstated'))).toEqual([]);
    expect(summarize({ ...found, planted: [planted('two')] }).findings).toContainEqual({
      check: 'breaks',
      detail: 'pay 2026-11-19: two was misstated, and no break was opened',
    });
  });

  test('a house in which nothing has happened holds as well', () => {
    const empty = summarize({
      asOf,
      portfolio: {
        ...portfolio,
        applications: { submitted: 0, approved: 0, rejected: 0, referred: 0 },
        decisions: { count: 0, totalMs: 0, mostMs: 0 },
        loans: { disbursed: 0, closed: 0, writtenOff: 0, cancelled: 0 },
      },
      products: [],
      loans: [],
      receivables: [],
      receipts: [],
      trialBalances: [],
      ...{ channels: [], planted: [], reconciliations: [], cases: [], messages: [] },
      decisions: [],
    });
    expect(empty.holds).toBe(true);
    expect(empty.applications.approvalRate).toBeUndefined();
    expect(renderSummary(empty)).toContain('Everything holds.');
  });
});

describe('what does not hold is found', () => {
  const [balance] = books;

  test('books that do not balance', () => {
    const off: TrialBalance[] = balance ? [{ ...balance, debits: moneyOf(balance.debits.minor + 1n, 'CNY') }] : [];
    expect(findingsIn({ trialBalances: off })).toEqual([
      { check: 'trial-balance', detail: 'debits of 5031.26 CNY against credits of 5031.25 CNY' },
    ]);
  });

  test('loans and books that say different things, held credit included', () => {
    const changed = {
      ...receivables,
      portions: { ...receivables.portions, interest: cny('29.99') },
      credit: cny('0.00'),
    };
    expect(findingsIn({ receivables: [changed] })).toEqual([
      { check: 'sub-ledger', detail: 'interest: the loans say 29.99 CNY, account 1102 says 30.00 CNY' },
      { check: 'sub-ledger', detail: 'held for borrowers: the loans say 0.00 CNY, account 2003 says 7.00 CNY' },
    ]);
  });

  test('a loan too few', () => {
    expect(findingsIn({ loans: sound.loans.slice(1) })).toEqual([
      { check: 'loans', detail: '3 were disbursed, 2 are there' },
      { check: 'loans', detail: 'principal outstanding of all loans is 2000.00 CNY, not 5000.00 CNY' },
    ]);
  });

  test('no statements at all, although money has moved', () => {
    expect(findingsIn({ reconciliations: [] })).toEqual([
      { check: 'statements', detail: 'money has moved and no statement was reconciled' },
    ]);
  });

  test('a channel whose last statement is missing, and one that was not matched', () => {
    const { ours: _, ...unmatched } = statement('2026-11-19');
    expect(findingsIn({ reconciliations: [unmatched] })).toEqual([
      { check: 'statements', detail: 'the last statement of pay is that of 2026-11-19, not of 2026-11-20' },
      { check: 'statements', detail: 'pay 2026-11-19: imported, but not matched' },
    ]);
  });

  test('breaks that do not account for the difference', () => {
    const reconciliations = [
      statement('2026-11-20', {
        theirs: { in: cny('90.00'), out: cny('45.00') },
        breaks: [broken('b1', '10.00', 'late line')],
      }),
    ];
    expect(findingsIn({ reconciliations })).toEqual([
      { check: 'statements', detail: 'pay 2026-11-20: the breaks do not add up to the difference' },
    ]);
  });

  test('a break of an earlier day that nothing explains; one of the last day may still be', () => {
    const ours = { in: cny('100.00'), out: cny('40.09') };
    const reconciliations = [
      statement('2026-11-18', { ours, breaks: [broken('explained', '-0.09', 'put right the day after')] }),
      statement('2026-11-19', { ours, breaks: [broken('old', '-0.09')] }),
      statement('2026-11-20', { ours, breaks: [broken('new', '-0.09')] }),
    ];
    const summary = summarize({ ...sound, reconciliations });
    expect(summary.findings).toEqual([{ check: 'breaks', detail: 'pay 2026-11-19: old, -0.09 CNY' }]);
    expect(summary.reconciliation).toMatchObject({ breaks: 3, explained: 1, awaiting: 1, unexplained: 1 });
    expect(summary.holds).toBe(false);
  });
});

describe('the summary as text', () => {
  test('reads as a page', () => {
    expect(renderSummary(summarize(sound))).toMatchInlineSnapshot(`
"Portfolio as of 2026-11-20

  Applications                   5
    approved                     3             75.0 %
    rejected                     1
    undecided                    1
    seen by a person             2
  Decision time, mean      12.5 ms
  Decision time, longest     21 ms
  Loans disbursed                3   1,234,567.00 CNY
    active                       2
    closed                       1
    written off                  0
  Repaid                             1,230,000.50 CNY

By product
         Loans   closed        Lent     Repaid   Outstanding   Interest earned   late   Overdue
  Cash       3        1   12,000.00   4,030.50      5,000.00              0.00      1      0.00

Decisions by segment and arm
                      Decided   Approved   Loans      Bad
  new, champion             3     66.7 %       2   50.0 %
  prime, challenger         1    100.0 %       1    0.0 %
  by version 1              2    100.0 %       2   50.0 %
  by version 2              2     50.0 %       1    0.0 %

Arrears, days past due
            Loans   Principal outstanding
  current       1            3,000.00 CNY
  1-30          0                0.00 CNY
  31-60         1            2,000.00 CNY
  61-90         0                0.00 CNY
  90+           0                0.00 CNY

Collections
  Borrowers who were in arrears   0
    cases open                    0
    with an agency                0
  Contacts                        0
  Promises                        0
    kept                          0
    broken                        0
  Relief granted                  0

Came in by itself
                                                Payments   Amount
  Brought                                              1    50.00
    assigned to loans                                       30.00
    paid back                                                5.00
    in suspense: whose it is nobody knows yet          1    15.00

Trial balance, CNY
  Account                                   Debit     Credit
  1001 Custody cash                                 4,000.25
  1101 Principal receivable              5,000.00
  1102 Interest receivable                  30.00
  1104 Penalty receivable                    1.25
  2003 Overpayments held for borrowers                  7.00
  2101 Suspense                                        15.00
  4001 Interest income                              1,009.00
  Total                                  5,031.25   5,031.25

What the loans owe
                               Loans      Books
  1104 penalty                  1.25       1.25
  1103 fee                      0.00       0.00
  1102 interest                30.00      30.00
  1101 principal            5,000.00   5,000.00
  2003 held for borrowers       7.00       7.00
  2101 in suspense             15.00      15.00

By channel
        Payouts    Paid out     done   Cost   Debits   Taken in   done   Cost
  pay         3   12,000.00   75.0 %   4.50        0       0.00          0.00

        No answer   found out   Lines misstated   found   explained
  pay           2           1                 0       0           0

Reconciliation
  Statements                                        2
  Lines                                            20
    matched                                        20
  Breaks                                            0
    explained                                       0
    of the last day, awaiting the next statement    0
    unexplained                                     0

Everything holds.
"
`);
  });

  test('ends with what does not hold', () => {
    expect(renderSummary(summarize({ ...sound, reconciliations: [] }))).toMatch(
      /This does not hold:\n {2}statements: money has moved and no statement was reconciled\n$/,
    );
  });
});
