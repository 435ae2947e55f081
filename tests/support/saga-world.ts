import {
  type DispatchContext,
  type DispatchResult,
  type EffectContext,
  LogFeed,
  type Parked,
  type Reaction,
  type Saga,
  SagaRunner,
  type SagaRunnerOptions,
} from '../../platform/processing';
import type { ReadStore } from '../../platform/read-store';
import { memoryStore, openTallyLog, promptTimers, SetClock, type TallyEvent } from './tally-world';

/** Commands and effects of the made-up world: something is said, somebody is asked. */
export interface Say {
  readonly say: string;
}
export interface Ask {
  readonly ask: string;
}
export type SayOrAsk = Reaction<Say, Ask>;
export type TallySaga = Saga<TallyEvent, Say, Ask>;
export type TallyRunner = SagaRunner<TallyEvent, Say, Ask, unknown>;
export type TallyOptions = SagaRunnerOptions<TallyEvent, Say, Ask, unknown>;

export const say = (name: string, what: string, ifRefused?: () => readonly SayOrAsk[]): SayOrAsk => ({
  kind: 'command',
  name,
  command: { say: what },
  ...(ifRefused ? { ifRefused } : {}),
});
export const ask = (name: string, whom: string): SayOrAsk => ({ kind: 'effect', name, effect: { ask: whom } });

/** Says each number that is called, table by table. */
export const repeating = (changed: Partial<TallySaga> = {}): TallySaga => ({
  name: 'repeating',
  types: ['Called'],
  key: ({ stream }) => stream,
  react: (event) => (event.type === 'Called' ? [say('repeat', `${event.stream}: ${event.data.number}`)] : []),
  ...changed,
});

export interface Said extends DispatchContext {
  readonly say: string;
}

/** A log, a store and ears: what sagas say is heard once per command id, however often they say it. */
export const openSagaWorld = async () => {
  const { log, write } = await openTallyLog();
  const store = memoryStore();
  const clock = new SetClock();
  /** Every dispatch, and each command the first time. */
  const dispatched: Said[] = [];
  const heard: Said[] = [];
  const asked: { readonly ask: string; readonly context: EffectContext }[] = [];
  const answers = {
    /** What becomes of a command. */
    dispatch: async (_said: Said): Promise<DispatchResult> => ({ kind: 'accepted' }),
    effect: async (_asked: Ask, _context: EffectContext): Promise<readonly SayOrAsk[]> => [],
  };
  const feed = new LogFeed(log, { timers: promptTimers });

  const runner = (saga: TallySaga, options: Partial<TallyOptions> & { readonly store?: ReadStore } = {}): TallyRunner =>
    new SagaRunner<TallyEvent, Say, Ask, unknown>({
      saga,
      view: undefined,
      dispatch: async (command, context) => {
        const said = { ...command, ...context };
        dispatched.push(said);
        const result = await answers.dispatch(said);
        if (result.kind === 'accepted' && !heard.some(({ commandId }) => commandId === said.commandId))
          heard.push(said);
        return result;
      },
      effects: async (effect, context) => {
        asked.push({ ...effect, context });
        return answers.effect(effect, context);
      },
      feed,
      log,
      store,
      clock,
      timers: promptTimers,
      ...options,
      limits: { pollMs: 'never', attempts: 3, ...options.limits },
    });

  return {
    log,
    write,
    store,
    clock,
    feed,
    answers,
    dispatched,
    heard,
    asked,
    runner,
    said: () => heard.map((it) => it.say),
  };
};

export type SagaWorld = Awaited<ReturnType<typeof openSagaWorld>>;

/** Runs it over what there is to do, then stops it. */
export const once = async (runner: TallyRunner): Promise<void> => {
  await runner.start();
  await runner.idle();
  await runner.stop();
};

export const refused = { kind: 'refused', code: 'NO', detail: 'not now' } as const;

/** What is parked, in short. */
export const reasons = (parked: readonly Parked[]): readonly string[] =>
  parked.map(({ key, state, reason }) => `${key} ${state}: ${reason}`);
