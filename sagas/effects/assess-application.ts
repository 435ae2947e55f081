import { aggregates } from '../../commands';
import type { Decision } from '../../domain/application';
import { businessDateAt, parseMoney } from '../../domain/kernel';
import { quoteOf } from '../../domain/schedule';
import type { EffectContext } from '../../platform/processing';
import { command, type Reaction } from '../house-saga';
import { decideApplication } from './decide-application';
import type { Effect } from './effect';
import { gatherFeatures } from './gather-features';
import type { OutsideWorld } from './outside-world';

/**
 * Gathers what the policy needs, each source under a consent in force, and decides. What is recorded is everything the
 * decision was made from, so that it can be made again; an approval brings the offer with its full plan.
 */
export const assessApplication = async (
  world: OutsideWorld,
  { applicationId, position, at }: Extract<Effect, { readonly kind: 'assess-application' }>,
  { effectId }: EffectContext,
): Promise<readonly Reaction[]> => {
  const { read, clock, stopwatch, hash } = world;
  const started = stopwatch();
  const application = (await read.load(aggregates.application, applicationId)).state;
  if (application.status !== 'deciding') return [];
  const borrower = (await read.load(aggregates.borrower, application.borrowerId)).state;
  const reject = (reason: Decision['reasons'][number]): readonly Reaction[] => [
    command('reject', { type: 'RejectApplication', data: { applicationId, reasons: [reason] } }),
  ];
  if (borrower.status !== 'verified') return reject('IDENTITY_NOT_VERIFIED');
  if (!borrower.consents.some(({ scope }) => scope === 'credit-bureau')) return reject('CONSENT_MISSING');

  const { amount, installments, terms } = application;
  const quote = quoteOf(terms, parseMoney(amount), installments, businessDateAt(clock.now()), hash);
  const cutOff = { position, at };
  const gathered = await gatherFeatures(world, {
    applicationId,
    application,
    borrower,
    quote,
    cutOff,
    requestId: effectId,
  });
  if (gathered === undefined) return reject('IDENTITY_NOT_VERIFIED');
  const { features, sources } = gathered;
  return decideApplication(world, { applicationId, application, features, sources, quote, started });
};
