import { routingPolicy } from '../domain/channel';
import { type Currency, channelId, formatMoney, zero } from '../domain/kernel';
import type { PaymentChannel } from '../gateways/channel';
import { canonicalHash } from '../platform/event-log';
import { ProjectionNotReadyError, type ProjectionQueries } from '../platform/processing';
import { projections, routingMeasures } from '../projections';
import type { Channels } from '../sagas';

/** So long is waited for the read model to have counted what was heard last; the next time is soon enough, too. */
const CATCH_UP_MS = 1_000;

const UNMEASURED = { attempts: 0, settled: 0, seconds: 0 };

/** What is known of a channel whose doings nobody has counted yet. */
const nothingMeasured = (currency: Currency) => ({
  usedToday: formatMoney(zero(currency)),
  measured: { bandAndBank: UNMEASURED, band: UNMEASURED, channel: UNMEASURED },
});

/** While the read model is being built for the first time there is nothing to measure by. */
const unlessNotReady = (error: unknown): undefined => {
  if (error instanceof ProjectionNotReadyError) return undefined;
  throw error;
};

/**
 * The payment channels of the house by name, measured by its read model.
 *
 * @param own the one that is used as long as none is enrolled
 */
export const channelsOf = (
  own: PaymentChannel,
  gateways: ReadonlyMap<string, PaymentChannel>,
  queries: ProjectionQueries,
): Channels => {
  const measures = queries.reader(projections.channels);
  return {
    own: own.name,
    gatewayTo: (name) => {
      const gateway = gateways.get(name);
      if (gateway === undefined) throw new Error(`there is no way to a channel named ${name}`);
      return gateway;
    },
    healthOf: async (name, through) => {
      if (!(await queries.waitFor(projections.channels.name, through, CATCH_UP_MS))) return undefined;
      return (await measures.get(channelId(name)).catch(unlessNotReady))?.doc.health;
    },
    routing: {
      names: [...gateways.keys()].toSorted(),
      policy: { document: routingPolicy, hash: canonicalHash(routingPolicy) },
      measuresFor: async (name, movement) => {
        const found = await measures.get(channelId(name)).catch(unlessNotReady);
        return found ? routingMeasures(found.doc, movement) : nothingMeasured(movement.amount.currency);
      },
    },
  };
};
