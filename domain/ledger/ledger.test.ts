import fc from 'fast-check';
import { specificationFor } from '../../tests/support/decider-specification';
import { cny, LOAN } from '../../tests/support/example-loan';
import { businessDate, fold, ledgerId, type MoneyText } from '../kernel';
import { addBalances, type Entry, isBalanced, type LedgerEvent, ledgerDecider, type Posting, trialBalance } from '.';

const { given } = specificationFor(ledgerDecider);

const debit = (account: Posting['account'], amount: MoneyText): Posting => ({ account, side: 'debit', amount });
const credit = (account: Posting['account'], amount: MoneyText): Posting => ({ account, side: 'credit', amount });
const entry = (entryId: string, ...postings: Posting[]): Entry => ({
  entryId,
  cause: { eventId: entryId, type: 'LoanDisbursed', stream: LOAN },
  valueDate: businessDate('2026-03-01'),
  postings,
});
const lent = entry('e1', debit('1101', cny('3000.00')), credit('1001', cny('3000.00')));
const post = (posted: Entry) =>
  ({ type: 'PostEntry', data: { ledgerId: ledgerId(LOAN), entry: posted }, facts: {} }) as const;
const booked = (posted: Entry): LedgerEvent => ({
  type: 'EntryPosted',
  data: { ...posted, bookedOn: businessDate('2026-03-02') },
});

describe('An entry', () => {
  test('is booked when it balances', () => {
    given([])
      .when(post(lent))
      .then([booked(lent)]);
  });

  test('is refused when debits and credits differ in any currency', () => {
    given([])
      .when(post(entry('e1', debit('1101', cny('3000.00')), credit('1001', cny('2999.99')))))
      .thenRefused('ENTRY_UNBALANCED');
    const yen = { amount: '3000', currency: 'JPY' } as const;
    given([])
      .when(post(entry('e1', debit('1101', cny('3000.00')), credit('1001', yen))))
      .thenRefused('ENTRY_UNBALANCED');
  });

  test('has amounts above zero', () => {
    given([])
      .when(post(entry('e1', debit('1101', cny('0.00')), credit('1001', cny('0.00')))))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([])
      .when(post(entry('e1', debit('1101', cny('-1.00')), credit('1001', cny('-1.00')))))
      .thenRefused('AMOUNT_NOT_POSITIVE');
  });

  test('moves no money between clients and the house but through custody', () => {
    const funds = (amount: string): Posting => credit('3001', cny(amount));
    given([])
      .when(post(entry('e1', debit('1101', cny('3000.00')), funds('3000.00'))))
      .thenRefused('OUTSIDE_CUSTODY');
    given([])
      .when(post(entry('e1', debit('1301', cny('5.00')), credit('1101', cny('5.00')))))
      .thenRefused('OUTSIDE_CUSTODY');
    const across = [debit('3001', cny('7.00')), credit('2301', cny('7.00'))];
    given([])
      .when(post(entry('e1', ...across)))
      .thenRefused('OUTSIDE_CUSTODY');
    const through = [credit('1001', cny('7.00')), debit('1002', cny('7.00'))];
    given([])
      .when(post(entry('e1', ...across, ...through)))
      .thenMatching([{ type: 'EntryPosted' }]);
    const tooLittle = [credit('1001', cny('6.99')), debit('1002', cny('6.99'))];
    given([])
      .when(post(entry('e1', ...across, ...tooLittle)))
      .thenRefused('OUTSIDE_CUSTODY');
    given([])
      .when(post(entry('e1', debit('5001', cny('9.00')), credit('1101', cny('9.00')))))
      .thenMatching([{ type: 'EntryPosted' }]);
  });

  test('is booked once', () => {
    given([booked(lent)])
      .when(post(lent))
      .thenNothing();
  });

  test('is booked in the books of an earlier date, as long as they are open', () => {
    const late = { ...post(lent), data: { ...post(lent).data, bookOn: businessDate('2026-02-28') } };
    given([])
      .when(late)
      .thenMatching([{ data: { bookedOn: '2026-02-28', valueDate: '2026-03-01' } }]);
    given([])
      .when({ ...late, facts: { closedThrough: businessDate('2026-02-27') } })
      .thenMatching([{ data: { bookedOn: '2026-02-28' } }]);
    given([])
      .when({ ...late, facts: { closedThrough: businessDate('2026-02-28') } })
      .thenRefused('PERIOD_CLOSED');
    const early = { ...post(lent), data: { ...post(lent).data, bookOn: businessDate('2026-03-03') } };
    given([]).when(early).thenRefused('VALUE_DATE_INVALID');
  });

  test('is taken back by another one that names it, once', () => {
    const back: Entry = {
      ...entry('e2', debit('1001', cny('3000.00')), credit('1101', cny('3000.00'))),
      reverses: 'e1',
    };
    given([booked(lent)])
      .when(post(back))
      .then([booked(back)]);
    given([]).when(post(back)).thenRefused('NOT_FOUND');
    given([booked(lent), booked(back)])
      .when(post({ ...back, entryId: 'e3' }))
      .thenRefused('WRONG_STATUS');
  });

  test('of any postings is booked exactly when it balances', () => {
    const account = fc.constantFrom<Posting['account'][]>('1001', '1101', '2002', '4001', '5001');
    const amount = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('CNY' as const, 'USD' as const));
    const posting = fc.tuple(account, fc.constantFrom('debit' as const, 'credit' as const), amount).map(
      ([code, side, [units, currency]]): Posting => ({
        account: code,
        side,
        amount: { amount: `${units}.00`, currency },
      }),
    );
    fc.assert(
      fc.property(fc.array(posting, { minLength: 2, maxLength: 6 }), (postings) => {
        const outcome = given([]).when(post(entry('e1', ...postings))).outcome;
        expect(Array.isArray(outcome)).toBe(isBalanced(postings));
      }),
    );
  });
});

describe('A trial balance', () => {
  const interest = entry('e2', debit('1102', cny('30.00')), credit('4001', cny('30.00')));
  const yen = entry(
    'e3',
    debit('1001', { amount: '500', currency: 'JPY' }),
    credit('2002', { amount: '500', currency: 'JPY' }),
  );

  test('shows every account on its side, by currency, and both columns sum to the same', () => {
    const { balances } = fold(ledgerDecider, [booked(lent), booked(interest), booked(yen)]);
    const rows = trialBalance(balances).map(({ currency, rows, debits, credits }) => ({
      currency,
      rows: rows.map(({ account, debit, credit, balance }) => [account, debit.minor, credit.minor, balance.minor]),
      columns: [debits.minor, credits.minor],
    }));
    expect(rows).toEqual([
      {
        currency: 'CNY',
        rows: [
          ['1001', 0n, 300_000n, -300_000n],
          ['1101', 300_000n, 0n, 300_000n],
          ['1102', 3_000n, 0n, 3_000n],
          ['4001', 0n, 3_000n, 3_000n],
        ],
        columns: [303_000n, 303_000n],
      },
      {
        currency: 'JPY',
        rows: [
          ['1001', 500n, 0n, 500n],
          ['2002', 0n, 500n, 500n],
        ],
        columns: [500n, 500n],
      },
    ]);
  });

  test('of several books is that of all their entries', () => {
    const first = fold(ledgerDecider, [booked(lent), booked(interest)]);
    const second = fold(ledgerDecider, [booked(yen), booked(interest)]);
    const all = fold(ledgerDecider, [booked(lent), booked(interest), booked(yen), booked(interest)]);
    expect(trialBalance(addBalances(first.balances, second.balances))).toEqual(trialBalance(all.balances));
  });
});
