import { aggregates } from '../../commands';
import { instantAt } from '../../domain/kernel';
import type { EffectContext } from '../../platform/processing';
import { command, type Reaction } from '../house-saga';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';

type Of<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

/** Asks the provider whether name, ID number and phone belong together. No answer is not a match. */
export const verifyIdentity = async (
  { read, identities, clock }: OutsideWorld,
  { borrowerId }: Of<'verify-identity'>,
  { effectId }: EffectContext,
): Promise<readonly Reaction[]> => {
  const { state } = await read.load(aggregates.borrower, borrowerId);
  if (state.status !== 'registered') return [];
  const [name, idNumber, phone] = await Promise.all([
    state.name.reveal(),
    state.idNumber.reveal(),
    state.phone.reveal(),
  ]);
  if (name === undefined || idNumber === undefined || phone === undefined) return [];
  const answer = await identities.verify({ name, idNumber, phone, requestId: effectId });
  const { result, reference } =
    answer.outcome === 'answered' ? answer : { result: 'unknown' as const, reference: `none:${answer.outcome}` };
  return [
    command('record', {
      type: 'RecordIdentityCheck',
      data: { borrowerId, provider: identities.name, reference, result, checkedAt: instantAt(clock.now()) },
    }),
  ];
};

export const destroyDataKey = async (
  { destroyKey }: OutsideWorld,
  { borrowerId }: Of<'destroy-data-key'>,
): Promise<readonly Reaction[]> => {
  await destroyKey(borrowerId);
  return [];
};
