import { businessDate, reconciliationId } from '../domain/kernel';
import { HOUSE_RULES, type RuleSet } from '../domain/reconciliation';
import { type SagaHouse, sagaHouse } from '../tests/support/saga-house';
import { dryRun } from './dry-run';

const TODAY = businessDate('2026-11-22');
const CHANNEL = 'sandbox-channel';
const DAY = 24 * 3_600_000;

/** Goes by the text of a line only, and the sandbox writes none. */
const BY_TEXT: RuleSet = {
  ...HOUSE_RULES,
  name: 'by-text',
  rules: HOUSE_RULES.rules.filter(({ reference }) => reference.by === 'contained'),
};

let house: SagaHouse;
afterEach(() => house.close());

const open = async (): Promise<void> => {
  house = await sagaHouse();
  await house.publish();
  await house.register();
  await house.apply();
  await house.sign();
  await house.pass(DAY);
};

const trying = (rules: RuleSet, channel = CHANNEL) => dryRun(house.nightWorld, { channel, date: TODAY, rules });

describe('a dry run of rules', () => {
  it('says what they would make of a statement that was reconciled long ago, and writes nothing', async () => {
    await open();
    const before = await trying(BY_TEXT);
    await house.night.closeThrough(TODAY);
    const [matched] = await house.eventsOf(reconciliationId(CHANNEL, TODAY), 'MovementsMatched');
    const head = await house.nightWorld.log.head();

    const came = await trying(BY_TEXT);
    expect(came).toMatchObject({
      outcome: 'compared',
      lines: 1,
      inForce: { rules: 'house@1', matched: 1, breaks: 0 },
      tried: { rules: 'by-text@1', matched: 0 },
      onlyInForce: [],
    });
    expect(came).toMatchObject({ inForce: { pairs: matched?.data.pairs.kept === 'hash' && matched.data.pairs.hash } });
    expect(came.outcome === 'compared' && came.onlyTried.map(({ type }) => type).toSorted()).toEqual([
      'missing-here',
      'missing-there',
    ]);
    expect(came).toEqual(before);
    expect(await house.nightWorld.log.head()).toBe(head);
  });

  it('finds no difference where the rules are those in force', async () => {
    await open();
    expect(await trying(HOUSE_RULES)).toMatchObject({ onlyInForce: [], onlyTried: [] });
    expect(await trying(HOUSE_RULES, 'custody')).toMatchObject({ outcome: 'compared', tried: { matched: 1 } });
  });

  it('knows its counterparties, and waits for their word', async () => {
    await open();
    expect(await trying(HOUSE_RULES, 'nobody')).toEqual({ outcome: 'unknown-counterparty' });
    house.sandbox.behave('channel', { operations: { statement: 'server-error' } });
    expect(await trying(HOUSE_RULES)).toEqual({ outcome: 'no-statement', reason: 'server-error' });
  });
});
