import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, businessDate, formatMoney, type Money, moneyOf, parseMoney } from '../../domain/kernel';
import type { StatementLine } from '../../domain/reconciliation';
import { type OutsideWorldOptions, outsideWorld } from '../../tests/support/outside-world';
import { readKeySet } from '../http';
import { magicIdNumber, personDigest, startSandbox } from '.';

const TODAY = businessDate('2026-11-22');
const TOMORROW = businessDate('2026-11-23');
const cny = (amount: string) => ({ amount, currency: 'CNY' as const });
const ACCOUNT = { cardNumber: '6222020200112233445', bank: 'ICBC', name: '王小明' };
const payoutOf = (effectId: string, amount = '1000.00') => ({
  effectId,
  amount: cny(amount),
  businessDate: TODAY,
  payee: ACCOUNT,
});

const inWorld = async <T>(
  options: OutsideWorldOptions,
  visit: (world: Awaited<ReturnType<typeof outsideWorld>>) => Promise<T>,
): Promise<T> => {
  const world = await outsideWorld(options);
  try {
    return await visit(world);
  } finally {
    await world.close();
  }
};

describe('The sandbox, started again', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('still knows what it paid, refused and signed, and pays nothing twice', async () => {
    const sign = { documentHash: 'ab'.repeat(32), signerReference: 'borrower-1', requestId: 's-1' };
    const before = await inWorld({ folder }, async ({ channel, esign, sandbox }) => {
      const paid = await channel.payout(payoutOf('p-1'));
      sandbox.behave('channel', { behaviour: 'refuse', refusal: 'card-expired' });
      const refused = await channel.payout(payoutOf('p-2'));
      return { paid, refused, signed: await esign.sign(sign), records: sandbox.records() };
    });
    await inWorld({ folder }, async ({ clock, channel, esign, sandbox }) => {
      clock.advance(86_400_000);
      expect(await channel.payout(payoutOf('p-1'))).toEqual(before.paid);
      expect(await channel.payout(payoutOf('p-2'))).toEqual(before.refused);
      expect(await esign.sign(sign)).toEqual(before.signed);
      expect(sandbox.records()).toEqual(before.records);
    });
  });

  it('still knows whom it was told of', async () => {
    const idNumber = magicIdNumber('approve');
    const [name, phone] = [personDigest('李雷'), personDigest('13800138000')];
    const enquiry = { idNumber, name: '李雷', phone: '13900139000', requestId: 'v-1' };
    const file = {
      checkingStatus: 'none',
      creditHistory: 'delayed',
      savings: 'unknown-or-none',
      existingCredits: '1',
      otherInstallmentPlans: 'none',
      existingMonthlyDebt: cny('0.00'),
      blacklisted: true,
    } as const;
    await inWorld({ folder }, async ({ sandbox }) =>
      sandbox.putPeople([{ idNumber: personDigest(idNumber), identity: { name, phone }, file }]),
    );
    await inWorld({ folder }, async ({ bureau, verifier }) => {
      expect(await verifier.verify(enquiry)).toMatchObject({ result: 'mismatch' });
      const outcome = await bureau.report({ idNumber, name: '李雷', consentId: 'c-1', requestId: 'r-1' });
      expect(outcome).toMatchObject({ report: file });
    });
  });

  it('takes an entry that a crash cut off for one that was never answered', async () => {
    await inWorld({ folder }, ({ channel }) => channel.payout(payoutOf('p-1')));
    appendFileSync(join(folder, 'movements.jsonl'), '{"entry":"executed","key":"p-2","mo');
    await inWorld({ folder }, async ({ channel, sandbox }) => {
      expect(sandbox.records().payouts.map(({ key }) => key)).toEqual(['p-1']);
      expect((await channel.payout(payoutOf('p-2'))).outcome).toBe('settled');
    });
    await inWorld({ folder }, async ({ sandbox }) => {
      expect(sandbox.records().payouts.map(({ key }) => key)).toEqual(['p-1', 'p-2']);
    });
  });

  it('keeps nothing personal', async () => {
    await inWorld({ folder }, async ({ channel, bureau }) => {
      await channel.payout(payoutOf('p-1'));
      await bureau.report({ idNumber: magicIdNumber('approve'), name: '王小明', consentId: 'c-1', requestId: 'r-1' });
    });
    const files = readdirSync(folder);
    expect(files).toContain('movements.jsonl');
    const kept = files.map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(kept.join('')).not.toMatch(/6222020200112233445|王小明|ICBC/);
  });
});

/** Money in counted positive, money out negative. */
const signed = ({ direction, amount }: StatementLine): bigint => {
  const { minor } = parseMoney(amount);
  return direction === 'in' ? minor : -minor;
};
const total = (lines: readonly StatementLine[]): Money =>
  moneyOf(
    lines.reduce((sum, line) => sum + signed(line), 0n),
    'CNY',
  );

describe('Statements with planted faults', () => {
  const count = 60;
  const withFaults = (statementFaults: number, nextBusinessDate?: (date: typeof TODAY) => typeof TODAY) =>
    inWorld(
      { settings: { channel: { statementFaults } }, ...(nextBusinessDate && { nextBusinessDate }) },
      async ({ channel, custody }) => {
        for (let index = 0; index < count; index++) {
          const instruction = { effectId: `e-${index}`, amount: cny(`${100 + index}.00`), businessDate: TODAY };
          if (index % 2 === 0) await channel.payout({ ...instruction, payee: ACCOUNT });
          else await channel.debit({ ...instruction, payer: ACCOUNT });
        }
        const linesOf = async (date: typeof TODAY) => {
          const statement = await channel.statement(date);
          if (statement.outcome !== 'answered') throw new Error(statement.reason);
          return statement.lines;
        };
        const bank = await custody.statement(TODAY, 'CNY');
        if (bank.outcome !== 'answered') throw new Error(bank.reason);
        const next = nextBusinessDate?.(TODAY) ?? TOMORROW;
        return { first: await linesOf(TODAY), between: await linesOf(TOMORROW), next: await linesOf(next), bank };
      },
    );

  it('are right when nothing is planted', async () => {
    const { first, next, bank } = await withFaults(0);
    expect(first).toHaveLength(count);
    expect(next).toEqual([]);
    expect(total(first)).toEqual(total(bank.lines));
    expect(formatMoney(total(bank.lines))).toEqual(bank.closing);
  });

  it('get lines wrong, missing and double, while the custody bank shows what moved', async () => {
    const { first, bank } = await withFaults(0.5);
    const references = first.map(({ reference }) => reference);
    expect(new Set(references).size).toBeLessThan(count);
    expect(references.length).toBeGreaterThan(new Set(references).size);
    const truth = new Map(bank.lines.map(({ reference, amount }) => [reference, amount.amount]));
    expect(first.some(({ reference, amount }) => amount.amount !== truth.get(reference))).toBe(true);
    expect(bank.lines).toHaveLength(count);
  });

  it('are put right by the next one: together they add up to the money that moved', async () => {
    const { first, next, bank } = await withFaults(0.5);
    expect(total([...first, ...next])).toEqual(total(bank.lines));
    const lineIds = new Set(first.map(({ lineId }) => lineId));
    const firstReferences = new Set(first.map(({ reference }) => reference));
    for (const line of next) {
      if (line.corrects === undefined) {
        expect(firstReferences.has(line.reference)).toBe(false);
        expect(line.bookedOn).toBe(TODAY);
      } else {
        expect(lineIds.has(line.corrects)).toBe(true);
        expect(line.bookedOn).toBe(TOMORROW);
      }
    }
  });

  it('are corrected on the next business date of the calendar in use', async () => {
    const { between, next } = await withFaults(0.5, (date) => addDays(date, 3));
    expect(between).toEqual([]);
    expect(next.length).toBeGreaterThan(0);
  });
});

describe('The sandbox', () => {
  it('does the same again for the same seed, in whatever order it is asked', async () => {
    const play = (seed: string, order: readonly number[]) =>
      inWorld({ seed, settings: { channel: { behaviour: { refuse: 0.5 } } } }, async ({ channel }) => {
        const outcomes = new Map<number, string>();
        for (const index of order) outcomes.set(index, (await channel.payout(payoutOf(`p-${index}`))).outcome);
        return [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
      });
    const upwards = Array.from({ length: 24 }, (_, index) => index);
    const first = await play('one', upwards);
    expect(await play('one', [...upwards].reverse())).toEqual(first);
    expect(await play('two', upwards)).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set(['settled', 'failed']));
  });

  it('is told over HTTP how to behave, and refuses what it does not understand', async () => {
    await inWorld({}, async ({ sandbox, channel }) => {
      const put = (body: object) =>
        fetch(`${sandbox.urls.channel}/sandbox/behaviour`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      expect((await put({ operations: { payout: 'refuse' }, refusal: 'over-limit' })).status).toBe(200);
      expect(await channel.payout(payoutOf('p-1'))).toEqual({ outcome: 'failed', reason: 'over-limit' });
      expect((await put({ behaviour: 'improvise' })).status).toBe(400);
      expect((await put({ behaviour: { hang: 0.7, slow: 0.7 } })).status).toBe(400);
      expect(await channel.payout(payoutOf('p-2'))).toEqual({ outcome: 'failed', reason: 'over-limit' });
    });
  });

  it('is told of people over HTTP, and shows its records and keys there', async () => {
    await inWorld({}, async ({ sandbox, channel }) => {
      const people = await fetch(`${sandbox.urls.bureau}/sandbox/people`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([]),
      });
      expect(await people.json()).toEqual({ people: 0 });

      await channel.payout(payoutOf('p-1'));
      const records = await (await fetch(`${sandbox.urls.channel}/sandbox/records`)).json();
      expect(records).toEqual({ ...sandbox.records(), asked: { payout: 1 } });
      expect(records).toMatchObject({
        payouts: [{ key: 'p-1', amount: cny('1000.00'), bookedOn: TODAY, at: '2026-11-22T02:00:00.000Z' }],
        debits: [],
      });

      const keys = await (await fetch(`${sandbox.urls.channel}/.well-known/jwks.json`)).json();
      expect(keys).toEqual(sandbox.publicKeys.channel);
      expect(readKeySet(keys).size).toBe(1);
    });
  });

  it('takes the day in Shanghai for the business date of an instruction that names none', async () => {
    const clock = { now: () => Date.parse('2026-11-22T16:00:00.000Z') };
    const sandbox = await startSandbox({ seed: 'day', clock });
    try {
      await fetch(`${sandbox.urls.channel}/payouts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'p-1' },
        body: JSON.stringify({ amount: cny('5.00'), payee: ACCOUNT }),
      });
      expect(sandbox.records().payouts).toMatchObject([{ key: 'p-1', bookedOn: TOMORROW }]);
    } finally {
      await sandbox.close();
    }
  });

  it.each([
    ['no key', {}, { amount: cny('5.00'), payee: ACCOUNT }],
    ['a negative amount', { 'idempotency-key': 'k' }, { amount: cny('-5.00'), payee: ACCOUNT }],
    ['nothing to pay', { 'idempotency-key': 'k' }, { amount: cny('0.00'), payee: ACCOUNT }],
    ['no payee', { 'idempotency-key': 'k' }, { amount: cny('5.00') }],
    [
      'a day that is none',
      { 'idempotency-key': 'k', 'x-business-date': '2026-02-30' },
      { amount: cny('5.00'), payee: ACCOUNT },
    ],
  ])('does nothing about an instruction with %s, and repeats nothing of it', async (_name, headers, body) => {
    await inWorld({}, async ({ sandbox }) => {
      const answer = await fetch(`${sandbox.urls.channel}/payouts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toBe('{"outcome":"bad-request"}');
      expect(sandbox.records().payouts).toEqual([]);
    });
  });

  it('does not start half: a port in use leaves nothing behind', async () => {
    await inWorld({}, async ({ sandbox, clock }) => {
      const port = Number(new URL(sandbox.urls.esign).port);
      await expect(startSandbox({ seed: 'second', clock, ports: { esign: port } })).rejects.toThrow(/EADDRINUSE/);
    });
  });
});
