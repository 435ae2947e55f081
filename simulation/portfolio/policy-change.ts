import { z } from 'zod';
import { policyDocumentSchema } from '../../domain/policy';
import { acknowledgementSchema } from './answers';
import { Caller, done, type Line } from './caller';

const versionsSchema = z.object({
  items: z.array(z.object({ hash: z.string(), policyId: z.string(), status: z.string() })),
});
const versionSchema = z.object({ document: policyDocumentSchema });

/** What the challenger's share becomes, in basis points. */
const CHALLENGED = 4_000;

/**
 * Risk officers believe in the challenger, and give it twice as many: the next version of the policy goes all the way
 * from a draft to deciding, wanted by two of them, while the house goes on.
 */
export const changePolicy = async (line: Line): Promise<void> => {
  const [drafter, first, second] = await Promise.all([
    Caller.as(line, 'operator', 'risk-1', 'risk-1'),
    Caller.as(line, 'underwriter', 'risk-2', 'risk-2'),
    Caller.as(line, 'underwriter', 'risk-3', 'risk-3'),
  ]);
  const { items } = done(await drafter.get('/v1/risk/policies?limit=100', versionsSchema), 'policies');
  const active = items.find(({ status }) => status === 'active');
  if (active === undefined) throw new Error('no policy is active');
  const { document } = done(await drafter.get(`/v1/risk/policies/${active.hash}`, versionSchema), 'the active policy');
  const next = {
    ...document,
    note: 'The challenger did well: it gets twice as many.',
    strategies: Object.fromEntries(
      Object.entries(document.strategies).map(([name, { experiment, arms }]) => [
        name,
        {
          experiment,
          arms: arms.map((arm) => ({
            ...arm,
            share: arm.name === 'challenger' ? CHALLENGED : (10_000 - CHALLENGED) / (arms.length - 1),
          })),
        },
      ]),
    ),
  };
  const { id } = done(
    await drafter.post('/v1/risk/policies', { document: next }, 'draft policy', acknowledgementSchema),
    'draft',
  );
  const version = `/v1/risk/policies/${active.policyId}/versions/${id}`;
  for (const step of ['check', 'shadow']) {
    done(await drafter.post(`${version}/${step}`, {}, `${step} policy`, acknowledgementSchema), step);
  }
  for (const officer of [first, second]) {
    const approval = { note: 'its arms are what we want' };
    done(await officer.post(`${version}/approval`, approval, 'approve policy', acknowledgementSchema), 'approval');
  }
};
