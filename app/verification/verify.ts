import type { DependencyContainer } from 'tsyringe';
import { aggregates } from '../../commands';
import { type Finding, INVARIANTS, invariantsBy, watchInvariants } from '../../domain/invariants';
import type { ChainFault } from '../../platform/event-log';
import { categoryOf } from '../../platform/event-store';
import { projections } from '../../projections';
import { TOKENS, the } from '../tokens';
import { Instructions, type PartnerRecords } from './partner-records';
import { Rebuilt } from './read-models';

export interface VerificationReport {
  readonly events: number;
  readonly streams: number;
  /** Those that were checked. */
  readonly invariants: number;
  /** Those that take what was not at hand: what partners or callers have on record. */
  readonly unchecked: readonly string[];
  readonly readModels: number;
  /** Begun and not finished where the log ends (a payout in flight, a fact not booked yet): no fault. */
  readonly unfinished: number;
  readonly findings: readonly Finding[];
  /** Nothing was found. */
  readonly holds: boolean;
}

export interface VerifyOptions {
  readonly onProgress?: (what: string, events: number) => void;
  /** Findings after which it stops looking. */
  readonly most?: number;
  /** What partners have on record of their own, where that is to be had. */
  readonly partners?: PartnerRecords | undefined;
  /** Where what callers had acknowledged must be: stream and position. */
  readonly acknowledged?: readonly Acknowledged[] | undefined;
}

/** A write that was acknowledged: the stream, and the position in the log that the answer named. */
export interface Acknowledged {
  readonly stream: string;
  readonly position: string;
}

const placeOf = ({ stream, position }: Acknowledged): string => `${stream} at ${position}`;

/** How long read models may take to become level with the log. */
const CATCH_UP_MS = 300_000;

interface Foldable {
  readonly initial: unknown;
  readonly evolve: (state: never, event: never) => unknown;
}

const DECIDERS = new Map<string, Foldable>(
  Object.values(aggregates).map(({ category, decider }) => [category, decider as unknown as Foldable]),
);

/**
 * Re-reads the whole log and everything made from it: the chain of every stream, the fold of every aggregate, what must
 * always hold, and every read model against one folded anew. Nobody may be writing meanwhile.
 */
export const verifyHouse = async (
  house: DependencyContainer,
  options: VerifyOptions = {},
): Promise<VerificationReport> => {
  const { onProgress = () => undefined, most = 100 } = options;
  const rebuilt = Object.values(projections).map((projection) => new Rebuilt(projection));
  const findings = await chainFaults(house, onProgress, most);
  const states = new Map<string, unknown>();
  const watch = watchInvariants();
  const instructions = new Instructions();
  const missing = new Set(options.acknowledged?.map(placeOf));
  let events = 0;
  for await (const page of the(house, TOKENS.eventLog).readAll()) {
    for (const event of page.events) {
      findings.push(...foldInto(states, event.stream, event), ...watch.see(event));
      for (const model of rebuilt) model.take(event);
      instructions.take(event);
      missing.delete(placeOf(event));
    }
    events += page.events.length;
    onProgress('folds and invariants', events);
    if (findings.length >= most) break;
  }
  for (const place of missing) {
    findings.push({ invariant: 'I-26', stream: place, detail: 'was acknowledged, and is not there' });
  }
  if (options.partners !== undefined) findings.push(...instructions.findings(options.partners));
  findings.push(...(await readersAhead(house)), ...(await readModelDifferences(house, rebuilt, onProgress)));
  const unchecked = [
    ...(options.partners === undefined ? invariantsBy('partners') : []),
    ...(options.acknowledged === undefined ? invariantsBy('acknowledgements') : []),
  ];
  return {
    events,
    streams: states.size,
    invariants: INVARIANTS.length - unchecked.length,
    unchecked,
    readModels: rebuilt.length,
    unfinished: watch.unfinished(),
    findings: findings.slice(0, most),
    holds: findings.length === 0,
  };
};

/** A reader that has come further than the log goes has read what was cut off. */
const readersAhead = async (house: DependencyContainer): Promise<readonly Finding[]> => {
  const lags = await the(house, TOKENS.sagas).lag();
  return lags
    .filter(({ position, head }) => position > head)
    .map(({ saga, position, head }) => ({
      invariant: 'I-32',
      stream: saga,
      detail: `has read to ${position}, the log ends at ${head}`,
    }));
};

type OnProgress = NonNullable<VerifyOptions['onProgress']>;

const chainFaults = async (house: DependencyContainer, onProgress: OnProgress, most: number): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for await (const step of the(house, TOKENS.eventLog).verifyLog()) {
    if (step.kind === 'progress') onProgress('chains', step.events);
    else findings.push({ invariant: 'I-36', stream: step.fault.stream, detail: describeFault(step.fault) });
    if (findings.length >= most) break;
  }
  return findings;
};

const describeFault = ({ kind, detail, revision }: ChainFault): string => `${kind} at revision ${revision}: ${detail}`;

const readModelDifferences = async (
  house: DependencyContainer,
  rebuilt: readonly Rebuilt[],
  onProgress: OnProgress,
): Promise<readonly Finding[]> => {
  const queries = the(house, TOKENS.queries);
  const head = await the(house, TOKENS.eventLog).head();
  const findings: Finding[] = [];
  for (const model of rebuilt) {
    const { projection } = model;
    const level = await queries.waitFor(projection.name, head, CATCH_UP_MS);
    const differences = level
      ? await model.differences(queries.reader(projection as never), 10)
      : ['it did not catch up with the log'];
    findings.push(...differences.map((detail) => ({ invariant: 'I-30', stream: projection.name, detail })));
    onProgress(`read model ${projection.name}`, differences.length);
  }
  return findings;
};

/** Facts always fold: an exception here means that the history itself is broken. */
const foldInto = (states: Map<string, unknown>, stream: string, event: object): readonly Finding[] => {
  const decider = DECIDERS.get(categoryOf(stream));
  if (decider === undefined) return [{ invariant: 'I-21', stream, detail: 'a stream of no known aggregate' }];
  try {
    const before = states.has(stream) ? states.get(stream) : decider.initial;
    // Each decider is given the states that it made itself and the events of its own streams.
    states.set(stream, decider.evolve(before as never, event as never));
    return [];
  } catch (error) {
    return [{ invariant: 'I-21', stream, detail: error instanceof Error ? error.message : String(error) }];
  }
};
