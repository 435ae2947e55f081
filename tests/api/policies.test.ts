import { setImmediate as breath } from 'node:timers/promises';
import { TOKENS, the } from '../../app/tokens';
import type { PolicyDocument } from '../../domain/policy';
import { policyHash, shippedPolicy } from '../../risk/policy';
import { SOUND_CASE } from '../support/sound-case';
import { at, OPERATOR, Stage, type Told, textAt, UNDERWRITER, type Who } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const RISK: readonly Who[] = ['risk-1', 'risk-2'].map((id) => ({ kind: 'underwriter', id }));
const POLICY = `policy-${shippedPolicy.name}`;

const draft = async (document: object, who: Who = OPERATOR): Promise<Told> =>
  stage.post(who, '/v1/risk/policies', { document });
const step = (hash: string, what: string, body: object = {}, who: Who = OPERATOR): Promise<Told> =>
  stage.post(who, `/v1/risk/policies/${POLICY}/versions/${hash}/${what}`, body);

/** Drafts, checks and shadows a version, and has it approved by two. */
const activate = async (document: PolicyDocument): Promise<string> => {
  const hash = textAt(await draft(document), 'id');
  for (const what of ['check', 'shadow']) expect(await step(hash, what)).toMatchObject({ status: 200 });
  for (const who of RISK) expect(await step(hash, 'approval', { note: 'wanted' }, who)).toMatchObject({ status: 200 });
  return hash;
};

const noted = (note: string): PolicyDocument => ({ ...shippedPolicy, note });

/** The shipped policy with one cell of one of its tables changed. */
const withCell = (rules: string, field: string, text: string, rule = 0): object => {
  const changed = structuredClone(shippedPolicy.rules) as Record<string, Record<string, unknown>>;
  const nodes = changed[rules]?.['nodes'] as {
    content: { inputs: []; outputs: []; rules: Record<string, string>[] };
  }[];
  const content = nodes[1]?.content;
  const column = [...(content?.inputs ?? []), ...(content?.outputs ?? [])].find(
    (each: { field: string }) => each.field === field,
  ) as { id: string } | undefined;
  const cells = content?.rules.at(rule);
  if (column === undefined || cells === undefined) throw new Error(`no ${field} in ${rules}`);
  cells[column.id] = text;
  return { ...shippedPolicy, note: `${rules} ${field} ${text}`, rules: changed };
};

describe('a risk policy over the API', () => {
  it('is on its way from draft to active, and is shown with its approvals', async () => {
    const hash = await activate(noted('second version'));
    const told = await stage.get(UNDERWRITER, `/v1/risk/policies/${hash}`);
    expect(told.body).toMatchObject({ hash, status: 'active', version: 2, document: { note: 'second version' } });
    expect(at(told, 'approvals')).toHaveLength(2);
    const before = await stage.get(UNDERWRITER, `/v1/risk/policies/${policyHash(shippedPolicy)}`);
    expect(before.body).toMatchObject({ status: 'retired', version: 1 });
  });

  it('takes two people besides whoever drafted it', async () => {
    const hash = textAt(await draft(noted('four eyes'), RISK[0]), 'id');
    for (const what of ['check', 'shadow']) await step(hash, what);
    expect(await step(hash, 'approval', { note: 'mine' }, RISK[0])).toMatchObject({
      status: 403,
      body: { code: 'FOUR_EYES' },
    });
    expect((await step(hash, 'approval', { note: 'fine' }, RISK[1])).body).toMatchObject({ status: 'approved' });
    expect((await step(hash, 'approval', { note: 'fine' }, RISK[1])).body).toMatchObject({ status: 'approved' });
  });

  it.each([
    [
      'a cell that cannot be read',
      withCell('admission', 'age', '> > 60', 2),
      'rules/admission/Who is let in/rule 3/column "age"',
      'SYNTAX',
    ],
    [
      'a value that cannot be',
      withCell('segmentation', 'creditHistory', '"all-payed-here"', 2),
      'rules/segmentation/Segments/rule 3/column "creditHistory"',
      'WRONG_TYPE',
    ],
    [
      'a field that is not there',
      withCell('trees-rules', 'score', '> scoer', 1),
      'rules/trees-rules/Verdict by score/rule 2/column "score"',
      'UNKNOWN_FIELD',
    ],
    [
      'no rule for what is left',
      withCell('segmentation', 'loansLost', '0', -1),
      'rules/segmentation/Segments',
      'NO_CATCH_ALL',
    ],
    [
      'a segment of its own',
      withCell('segmentation', 'segment', '"gold"', 1),
      'rules/segmentation/output "segment"',
      'OUTPUT',
    ],
    [
      'a golden case that comes out otherwise',
      withCell('admission', 'age', '< 40', 2),
      'golden/a sound applicant is lent to at the best price',
      'GOLDEN',
    ],
  ])('with %s is refused at its check, and the place is named', async (_what, document, place, code) => {
    const hash = textAt(await draft(document), 'id');
    const told = await step(hash, 'check');
    expect(told).toMatchObject({ status: 422, body: { code: 'POLICY_BROKEN' } });
    expect(at(told, 'errors')).toContainEqual({ pointer: `/${place}`, message: expect.stringContaining(code) });
    expect(await step(hash, 'shadow')).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  });

  it('of another shape is not even drafted', async () => {
    const told = await draft({ ...shippedPolicy, grantStep: 100 });
    expect(told).toMatchObject({ status: 422, body: { code: 'POLICY_BROKEN' } });
    expect(at(told, 'errors')).toEqual([{ pointer: '/grantStep', message: expect.stringContaining('SHAPE') }]);
  });
});

describe('a swap while decisions are made', () => {
  it('fails none of them, and each names one version: the old one before it, the new one after', async () => {
    const desk = the(stage.house.container, TOKENS.desk);
    let made = true;
    const hashes: string[] = [];
    const deciding = (async () => {
      while (made) {
        const batch = await Promise.all(Array.from({ length: 20 }, () => desk(SOUND_CASE.given, SOUND_CASE.evidence)));
        hashes.push(...batch.map(({ policy }) => policy.hash));
        await breath();
      }
    })();
    const swapped = [await activate(noted('swap one')), await activate(noted('swap two'))];
    await desk(SOUND_CASE.given, SOUND_CASE.evidence);
    made = false;
    await deciding;
    const [first, ...later] = [...new Set(hashes)];
    expect(hashes.length).toBeGreaterThan(40);
    expect(swapped).not.toContain(first);
    // Never back again: each version decides in one stretch.
    expect(later.every((hash) => swapped.includes(hash))).toBe(true);
    const stretches = hashes.filter((hash, index) => index === 0 || hash !== hashes[index - 1]);
    expect(stretches).toHaveLength(new Set(hashes).size);
    expect((await desk(SOUND_CASE.given, SOUND_CASE.evidence)).policy.hash).toBe(swapped.at(-1));
  });
});
