import type { Command } from 'commander';
import type { DomainEvent } from '../../domain/events';
import type { BusinessDate, Instant } from '../../domain/kernel';
import type { RecordedEvent } from '../../platform/event-log';
import { categoryOf } from '../../platform/event-store';
import { plain, stateAt, within } from '../../read-api';
import { TOKENS, the } from '../tokens';
import type { CommonOptions } from './environment';
import { day, moment } from './moments';
import { say, sayJson, table } from './output';
import { reading } from './read-only-house';

interface ReplayOptions extends CommonOptions {
  readonly asOf?: BusinessDate;
  readonly knownAt?: Instant;
  readonly json?: boolean;
}

/** Adds `replay <stream>`: the history of one thing, and the state it folds to. */
export const addReplay = (program: Command): void => {
  program
    .command('replay')
    .argument('<stream>', 'what to replay: loan-…, application-…, any id')
    .description('print the history of one thing, the check of its chain, and the state it folds to')
    .option('--as-of <date>', 'only facts that count for this business date or an earlier one', day)
    .option('--known-at <instant>', 'only facts that had been recorded by this instant', moment)
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--json', 'print one JSON object')
    .action((stream: string, options: ReplayOptions) =>
      reading(options, async ({ container }) => {
        const log = the(container, TOKENS.eventLog);
        const events: RecordedEvent<DomainEvent>[] = [];
        for await (const page of log.readStream(stream)) events.push(...page);
        if (events.length === 0) throw new Error(`there is no ${stream}`);
        const fault = await log.verifyStream(stream);
        const shown = events.filter((event) => within(options, event));
        const then = stateAt(categoryOf(stream), events, options);
        const state = then.derivable ? plain(then.state) : { notDerivable: then.why };
        if (options.json) {
          sayJson({
            stream,
            chainHolds: fault === undefined,
            events: shown.map(({ type, data, meta, revision }) => ({ revision, type, data: plain(data), meta })),
            state,
          });
          return;
        }
        const rows = shown.map(({ revision, type, meta }) => [
          String(revision),
          type,
          meta.valueDate,
          meta.bookedAt,
          `${meta.actor.kind}:${meta.actor.id}`,
        ]);
        say(table(['rev', 'event', 'value date', 'booked at', 'by'], rows));
        say(fault ? `the chain does NOT hold: ${fault.kind} at ${fault.revision}, ${fault.detail}` : 'the chain holds');
        sayJson(state);
      }),
    );
};
