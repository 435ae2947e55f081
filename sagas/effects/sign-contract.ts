import { aggregates } from '../../commands';
import { assert } from '../../domain/kernel';
import type { EffectContext } from '../../platform/processing';
import { command, type Reaction } from '../house-saga';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';

/**
 * Has the contract's hash signed in the borrower's name. An answer that proves nothing is asked for again under the
 * same id (the saga retries what throws); a refusal leaves the contract unsigned, and the offer runs out by itself.
 */
export const signContract = async (
  { read, esign }: OutsideWorld,
  { applicationId, documentHash }: Extract<Effect, { readonly kind: 'sign-contract' }>,
  { effectId }: EffectContext,
): Promise<readonly Reaction[]> => {
  const { state } = await read.load(aggregates.application, applicationId);
  assert(state.status !== 'none', `${applicationId} is to be signed but does not exist`);
  const signer = state.borrowerId;
  const answer = await esign.sign({ documentHash, signerReference: signer, requestId: effectId });
  switch (answer.outcome) {
    case 'refused':
      return [];
    case 'unknown':
      throw new Error(`e-sign authority: ${answer.reason}`);
    case 'signed': {
      if (!esign.verify(answer.evidence, documentHash, signer))
        throw new Error('e-sign authority: evidence is not valid');
      return [
        command('record', {
          type: 'RecordSignature',
          data: { applicationId, documentHash, evidence: answer.evidence },
        }),
      ];
    }
  }
};
