import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashRounds } from './faults/crash-rounds';

const SEED = 20261122;

test(`nothing acknowledged is lost and nothing is paid twice when the house is killed under load (seed ${SEED})`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usance-crash-'));
  try {
    const report = await crashRounds({ folder, rounds: 6, seed: SEED, applicants: 12 });
    expect(report.lost).toEqual([]);
    expect(report.doubled).toEqual([]);
    expect(report.verification.findings).toEqual([]);
    expect(report.verification.unfinished).toBe(0);
    expect(report.acknowledged).toBeGreaterThan(100);
    expect(report.payouts).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
