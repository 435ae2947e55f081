import { aggregates, type StateReader } from '../../commands';
import type { ApplicationState, Decision, SourceRecord } from '../../domain/application';
import { type ApplicationId, assert, businessDateAt } from '../../domain/kernel';
import { capInForce } from '../../domain/product';
import type { Quote } from '../../domain/schedule';
import { offerOn } from '../../risk';
import type { FeatureVector } from '../../risk/features';
import { command, type Reaction } from '../house-saga';
import type { OutsideWorld } from './outside-world';

/** An application that is being decided, with everything that has been gathered on it. */
export interface Gathered {
  readonly applicationId: ApplicationId;
  readonly application: Extract<ApplicationState, { readonly status: 'deciding' | 'submitted' }>;
  readonly features: FeatureVector;
  readonly sources: readonly SourceRecord[];
  /** The plan that was gathered for. */
  readonly quote: Quote;
  /** By the stopwatch: when gathering began. */
  readonly started: number;
}

const offeringOf = async (read: StateReader, { productId }: Gathered['application']) => {
  const { state } = await read.load(aggregates.product, productId);
  assert(state.status !== 'none' && state.offering !== undefined, `${productId} was applied for but has no offering`);
  return state.offering;
};

/**
 * Decides what has been gathered, and puts it on record with everything that it takes to repeat it; an approval brings
 * the offer with its full plan.
 */
export const decideApplication = async (
  { read, clock, stopwatch, decide, hash }: Pick<OutsideWorld, 'read' | 'clock' | 'stopwatch' | 'decide' | 'hash'>,
  { applicationId, application, features, sources, quote, started }: Gathered,
): Promise<readonly Reaction[]> => {
  const { borrowerId, amount, installments, terms } = application;
  const offering = await offeringOf(read, application);
  const asked = { principal: amount, least: offering.amount.least, installments };
  const { basis, ...conclusion } = await decide(
    { borrowerId, product: offering.name, channel: application.channel ?? 'app', asked, features: features.values },
    features,
  );
  const today = businessDateAt(clock.now());
  const cap = capInForce(offering.jurisdiction, offering.licence, today);
  const offered =
    basis.grant &&
    offerOn(basis.grant, { terms, ...(quote.schedule.disbursedOn === today && { asked: quote }), today, cap, hash });
  const decision: Decision = {
    ...conclusion,
    features: features.values,
    sources: [...sources],
    basis: { ...basis, ...(offered?.addsAtMost === undefined ? {} : { addsAtMost: offered.addsAtMost }) },
    ...(offered ? { granted: offered.offer.principal } : {}),
    tookMs: Math.round(stopwatch() - started),
  };
  const data = { applicationId, decision, ...(offered ? { offer: offered.offer } : {}) };
  return [command('record', { type: 'RecordDecision', data }, aboveCap(applicationId, decision))];
};

/**
 * The law may have changed since the product was published: an offer that is too dear today cannot be made. The
 * decision goes on record all the same, as the "no" that it has become. Any other refusal is a bug, and is parked as
 * one.
 */
const aboveCap =
  (applicationId: ApplicationId, { granted: _, ...decision }: Decision) =>
  (code: string, detail: string): readonly Reaction[] => {
    if (code !== 'CAP_EXCEEDED') throw new Error(`the decision on ${applicationId} was refused: ${code} (${detail})`);
    const rejected: Decision = {
      ...decision,
      outcome: 'reject',
      reasons: ['OFFER_ABOVE_CAP'],
      trace: [...decision.trace, { rule: 'offer-within-cap', fired: true, note: detail }],
    };
    return [command('reject', { type: 'RecordDecision', data: { applicationId, decision: rejected } })];
  };
