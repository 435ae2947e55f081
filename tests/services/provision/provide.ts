import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventStoreName, eventStoreStandIn } from './eventstoredb';
import { kafkaBroker, kcatMock } from './kafka';
import { ferretDb, mongoName, mongoStandIn } from './mongodb';
import { redisName, redisServer, redisStandIn } from './redis';
import { lacking, type Provided, type Service, type Surroundings, URL_OF, type Way } from './service';

/** The ways to a service, best first. A URL in the environment goes before all of them. */
const WAYS: Readonly<Record<Service, readonly Way[]>> = {
  kafka: [kafkaBroker, kcatMock],
  mongodb: [ferretDb, mongoStandIn],
  eventstoredb: [eventStoreStandIn],
  redis: [redisServer, redisStandIn],
};

const NAME_OF: Partial<Readonly<Record<Service, (url: string) => Promise<string>>>> = {
  mongodb: mongoName,
  eventstoredb: eventStoreName,
  redis: redisName,
};

export interface NotProvided {
  readonly kind: 'none';
  readonly reasons: readonly string[];
}

/** Comes by a service as well as this machine allows, and says why not better. */
export const provide = async (
  service: Service,
  surroundings: Surroundings,
): Promise<{ readonly got: Provided | NotProvided; readonly passedOver: readonly string[] }> => {
  const passedOver: string[] = [];
  for (const way of [given(service), ...WAYS[service]]) {
    surroundings.signal.throwIfAborted();
    const scratch = join(surroundings.scratch, `${service}-${passedOver.length}`);
    await mkdir(scratch);
    const say = (text: string): void => surroundings.say(`${service}: ${text}`);
    const outcome = await way({ ...surroundings, scratch, say }).catch((error: unknown) =>
      lacking(error instanceof Error ? error.message : String(error)),
    );
    if (!('lacking' in outcome)) return { got: outcome, passedOver };
    passedOver.push(outcome.lacking);
    say(outcome.lacking);
  }
  return { got: { kind: 'none', reasons: passedOver }, passedOver };
};

const given =
  (service: Service): Way =>
  async () => {
    const variable = URL_OF[service];
    const url = process.env[variable];
    if (!url) return lacking(`${variable} is not set`);
    const name = (await NAME_OF[service]?.(url)) ?? 'a server that does not tell its version';
    return { kind: 'given', name: `${name}, named by ${variable}`, url, stop: async () => undefined };
  };
