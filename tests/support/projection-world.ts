import { LogFeed, ProjectionRunner, type ProjectionRunnerOptions } from '../../platform/processing';
import {
  counts,
  dumped,
  foldedInOneGo,
  memoryStore,
  promptTimers,
  SetClock,
  type TallyEvent,
  type TallyLog,
  tallies,
} from './tally-world';

type Options = Partial<ProjectionRunnerOptions<TallyEvent>> & { readonly log: TallyLog; readonly pageSize?: number };

/** A runner of the made-up world's projections; each test says what is special about its own. */
export const runnerOf = ({ log, pageSize = 100, ...options }: Options): ProjectionRunner<TallyEvent> =>
  new ProjectionRunner<TallyEvent>({
    projections: [tallies(), counts()],
    feed: new LogFeed(log, { timers: promptTimers, pageSize }),
    store: memoryStore(),
    clock: new SetClock(),
    timers: promptTimers,
    ...options,
  });

/** Everything that the live documents of both projections say. */
export const documentsOf = async (runner: ProjectionRunner<TallyEvent>) => ({
  tallies: await dumped(runner.reader(tallies()).scan()),
  counts: await dumped(runner.reader(counts()).scan()),
});

/** What they must say. */
export const inOneGo = async (log: TallyLog) => ({
  tallies: await foldedInOneGo(log, tallies()),
  counts: await foldedInOneGo(log, counts()),
});
