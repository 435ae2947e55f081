import { shippedModels } from '../app/models';
import { decisionSchema } from '../domain/application';
import type { PolicyDocument } from '../domain/policy';
import { decisionDesk, type PolicyShelf } from '../risk/decision';
import { type CompiledPolicy, compilePolicy, policyHash, shippedPolicy } from '../risk/policy';
import { type Recorded, replayDecisions, whatIf } from '../risk/replay';
import { recordedCases } from './support/random-cases';

const compiled = (document: PolicyDocument, version: number): CompiledPolicy =>
  compilePolicy({ document, hash: policyHash(document), version }, shippedModels);

const first = compiled(shippedPolicy, 1);
/** The same, but for dearer prices and every borrower in the challenger's arm. */
const second = compiled(
  {
    ...shippedPolicy,
    note: 'second',
    prices: { ...shippedPolicy.prices, list: { adds: 50 } },
    strategies: Object.fromEntries(
      Object.entries(shippedPolicy.strategies).map(([name, { experiment, arms }]) => [
        name,
        { experiment, arms: arms.map((arm) => ({ ...arm, share: arm.name === 'challenger' ? 10_000 : 0 })) },
      ]),
    ),
  },
  2,
);
const policies: PolicyShelf = {
  inForce: async () => ({ active: first, shadows: [second] }),
  find: async (hash) => [first, second].find((policy) => policy.hash === hash),
};

async function* each(records: readonly Recorded[]): AsyncGenerator<Recorded> {
  yield* records;
}

let records: readonly Recorded[];
beforeAll(async () => {
  let now = 0;
  const desk = decisionDesk({ policies, stopwatch: () => (now += 1) });
  records = await recordedCases(desk, 'replay', 400);
});

describe('decisions on record', () => {
  it('are of every outcome, segment and arm, and what the shadow would have done is beside them', () => {
    const of = (what: (record: Recorded) => unknown) => [...new Set(records.map(what))].sort();
    expect(of(({ decision }) => decision.outcome)).toEqual(['approve', 'refer', 'reject']);
    expect(of(({ decision }) => decision.basis?.segment)).toEqual(['new', 'prime', 'returning']);
    expect(of(({ decision }) => decision.basis?.arm)).toEqual(['challenger', 'champion']);
    for (const { decision } of records) {
      expect(decisionSchema.parse(decision)).toEqual(decision);
      expect(decision.basis?.shadows).toMatchObject([{ hash: second.hash }]);
      expect(decision.trace.length).toBeGreaterThan(0);
      if (decision.outcome === 'approve') expect(decision.basis?.grant).toBeDefined();
      else expect(decision.reasons.length).toBeGreaterThan(0);
    }
  });

  it('come out the same when they are made again by the version that they name', async () => {
    expect(await replayDecisions(each(records), policies)).toEqual({
      decisions: 400,
      notRepeatable: 0,
      differences: 0,
      examples: [],
    });
  });

  it('that were tampered with are found out, and told by name', async () => {
    const [one, ...others] = records;
    if (one === undefined) throw new Error('there are records');
    const other = one.decision.outcome === 'approve' ? 'reject' : 'approve';
    const changed: Recorded = { ...one, decision: { ...one.decision, outcome: other } };
    const report = await replayDecisions(each([changed, ...others]), policies);
    expect(report.examples).toEqual([
      {
        applicationId: one.applicationId,
        field: 'outcome',
        recorded: JSON.stringify(other),
        repeated: JSON.stringify(one.decision.outcome),
      },
    ]);
  });
});

describe('another policy', () => {
  const course = (applicationId: string) =>
    Number(applicationId.split('-')[1]) % 2 === 0 ? { bad: false } : undefined;

  it('that is the same moves nobody', async () => {
    const report = await whatIf(each(records), first, course, 'CNY');
    expect(report.recorded).toEqual(report.instead);
    expect(report.swapIn.decisions + report.swapOut.decisions).toBe(0);
    expect(report.kept.loans).toBeLessThan(report.kept.decisions);
  });

  it('is held against what was decided: who moves, at what price, and how their loans went', async () => {
    const report = await whatIf(each(records), second, course, 'CNY');
    const { recorded, instead, moves, swapIn, swapOut, kept } = report;
    expect(report).toMatchObject({ decisions: 400, notRepeatable: 0, policy: { hash: second.hash, version: 2 } });
    expect(swapIn.decisions + swapOut.decisions).toBeGreaterThan(0);
    expect(instead.approved).toBe(recorded.approved + swapIn.decisions - swapOut.decisions);
    expect(kept.decisions).toBe(moves['approve>approve']);
    expect(Object.values(moves).reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(instead.meanAdds).toBeGreaterThan(recorded.meanAdds);
    expect(instead.expectedLoss.amount).not.toBe(recorded.expectedLoss.amount);
  });
});
