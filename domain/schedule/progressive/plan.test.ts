import { agreed, START, termsWith } from '../../../tests/support/progressive-loans';
import { dateOf, dayOf } from '../../calendar';
import { businessDate, formatMinor } from '../../kernel';
import { plan } from '.';

const day = (text: string) => dayOf(businessDate(text));

test('what is paid down comes with the payout it belongs to, before what falls due that day', () => {
  const terms = termsWith({
    rate: { kind: 'fixed', perYear: '0' },
    downPayment: { share: '0.25', automatic: false },
  });
  const rows = plan(terms, agreed(100_000n, 4), [
    { on: day('2026-02-15'), amount: 40_000n },
    { on: START, amount: 60_000n },
  ]);
  const shown = rows.map(
    ({ n, kind, from, due, principal, balance }) =>
      `${n} ${kind} ${dateOf(from)} ${dateOf(due)} ${formatMinor(principal, 'CNY')} leaves ${formatMinor(balance, 'CNY')}`,
  );
  // 600.00 less 150.00 in four; then what is left of them and 400.00 less 100.00 in three.
  expect(shown).toEqual([
    '1 down-payment 2026-01-15 2026-01-15 150.00 leaves 450.00',
    '2 down-payment 2026-02-15 2026-02-15 100.00 leaves 750.00',
    '3 regular 2026-01-15 2026-02-15 112.50 leaves 637.50',
    '4 regular 2026-02-15 2026-03-15 212.50 leaves 425.00',
    '5 regular 2026-03-15 2026-04-15 212.50 leaves 212.50',
    '6 regular 2026-04-15 2026-05-15 212.50 leaves 0.00',
  ]);
});
