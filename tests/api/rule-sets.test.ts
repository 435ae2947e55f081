import { TOKENS, the } from '../../app/tokens';
import { businessDateAt } from '../../domain/kernel';
import { HOUSE_RULES, type RuleSet } from '../../domain/reconciliation';
import { at, FINANCE, Stage, type Told, textAt, type Who } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const SECOND: Who = { kind: 'finance', id: 'finance-2' };
const SETS = '/v1/finance/rule-sets';

const setOf = (name: string, version: number): RuleSet => ({ ...HOUSE_RULES, name, version });
const draft = (document: object): Promise<Told> => stage.post(FINANCE, SETS, { document });
const step = (name: string, hash: string, what: string, body: object, who = FINANCE): Promise<Told> =>
  stage.post(who, `${SETS}/rules-${name}/versions/${hash}/${what}`, body);

/** Drafted and tried by one, wanted by another. */
const activate = async (document: RuleSet): Promise<string> => {
  const { name } = document;
  const hash = textAt(await draft(document), 'id');
  const date = businessDateAt(stage.clock.now());
  expect(await step(name, hash, 'trials', { date })).toMatchObject({ status: 200, body: { status: 'tried' } });
  const wanted = await step(name, hash, 'activation', { note: 'wanted' }, SECOND);
  expect(wanted).toMatchObject({ status: 200, body: { status: 'active' } });
  return hash;
};

describe('rules of reconciliation over the API', () => {
  it('come into force in three steps, by two people, and the night names the version that it goes by', async () => {
    const first = await activate(setOf('custody', 1));
    const hash = await activate(setOf('custody', 2));
    const date = businessDateAt(stage.clock.now());
    await the(stage.house.container, TOKENS.closeOfDay).close(date);
    await stage.settled();
    const night = await stage.get(FINANCE, `/v1/finance/reconciliations/custody/${date}`);
    expect(night.body).toMatchObject({ rules: 'custody@2', rulesHash: hash });
    const shown = await stage.get(FINANCE, `${SETS}/${hash}`);
    expect(shown.body).toMatchObject({ status: 'active', rules: 'custody@2', document: { name: 'custody' } });
    expect(at(shown, 'trials', 0)).toMatchObject({ date, channel: 'custody', inForce: { rules: 'custody@1' } });
    expect(at(shown, 'activations', 0)).toMatchObject({ by: SECOND, note: 'wanted' });
    const listed = at(await stage.get(FINANCE, SETS), 'items');
    expect(listed).toMatchObject([
      { hash: first, status: 'replaced' },
      { hash, status: 'active' },
    ]);
  });

  it('are refused where they are no rules, nobody’s, not new, untried, or wanted by their author only', async () => {
    const date = businessDateAt(stage.clock.now());
    expect(await draft({ ...HOUSE_RULES, rules: [] })).toMatchObject({ status: 400 });
    expect(await draft(HOUSE_RULES)).toMatchObject({ status: 409, body: { code: 'RULES_VERSION_TAKEN' } });
    const nobodys = textAt(await draft(setOf('nobody', 1)), 'id');
    expect(await step('nobody', nobodys, 'trials', { date })).toMatchObject({ status: 404 });
    expect(await step('nobody', nobodys, 'activation', { note: '' }, SECOND)).toMatchObject({
      ...{ status: 409, body: { code: 'RULES_UNTRIED' } },
    });
    const all = textAt(await draft(setOf('house', 2)), 'id');
    expect(await step('house', all, 'trials', { date })).toMatchObject({ status: 400 });
    expect(await step('house', all, 'trials', { date, channel: 'custody' })).toMatchObject({ status: 200 });
    expect(await step('house', all, 'activation', { note: '' })).toMatchObject({
      ...{ status: 403, body: { code: 'FOUR_EYES' } },
    });
  });
});
