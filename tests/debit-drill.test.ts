import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debitDrill } from './faults/debit-drill';

/**
 * Goal: whatever happens to those who order and send debits, each installment is debited once, and all that was taken
 * is allocated or in suspense. Method: two schedulers in a process that is killed again and again, a channel that is
 * slow, refuses, answers nothing; then the log is held against the channel's own record. `npm run test:crash --
 * --debits 100000` does the same with more.
 */
test('two schedulers that are killed anywhere debit each installment once, to the cent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usance-debits-'));
  try {
    const report = await debitDrill({ folder, installments: 150, kills: 4, seed: 7 });
    expect(report).toMatchObject({ debits: 150, debited: 150, overdrawn: [], findings: [], suspense: '0.00' });
    expect(report.taken).toBe(report.settled);
    expect(report.taken).toBe(report.allocated);
    expect(report.refused).toMatchObject({ 'insufficient-funds': expect.any(Number) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);
