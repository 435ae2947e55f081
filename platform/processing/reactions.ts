import { uuidV5 } from '../runtime';
import type { DeadlineData, Dispatch, EffectContext, EffectHandler, Reaction } from './saga';

/**
 * The id of a command or an effect: the same cause, saga and reaction give the same id, whenever and wherever. Where a
 * refusal or an effect leads to reactions of its own, these are named by their path, "settle/record".
 */
export const reactionId = (causeId: string, saga: string, path: string): string => uuidV5(causeId, `${saga}/${path}`);

export type DeadlineChange =
  | {
      readonly kind: 'set';
      readonly id: string;
      readonly name: string;
      readonly at: string;
      readonly data: DeadlineData;
    }
  | { readonly kind: 'cancel'; readonly name: string };

/** One attempt to do what a saga wants. */
export interface Attempt<Command, Effect> {
  readonly saga: string;
  readonly causeId: string;
  readonly correlationId: string;
  readonly dispatch: Dispatch<Command>;
  readonly effects: EffectHandler<Command, Effect>;
  readonly context: Pick<EffectContext, 'attempt' | 'signal' | 'meta'>;
  /** What effects have answered in earlier attempts: an effect that is through is not done again. */
  readonly answers: Map<string, readonly Reaction<Command, Effect>[]>;
}

export type Outcome =
  | { readonly kind: 'done'; readonly deadlines: readonly DeadlineChange[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reactions that lead to reactions that lead to reactions end somewhere. */
const DEPTH_MOST = 8;

/**
 * Carries out reactions in their order, each with all that it leads to. Deadlines are only collected. What a handler
 * throws, it throws.
 */
export const carryOut = async <Command, Effect>(
  reactions: readonly Reaction<Command, Effect>[],
  attempt: Attempt<Command, Effect>,
): Promise<Outcome> => {
  const deadlines: DeadlineChange[] = [];
  const { saga, causeId, correlationId, answers } = attempt;

  const all = async (
    some: readonly Reaction<Command, Effect>[],
    parents: readonly string[],
  ): Promise<string | undefined> => {
    if (parents.length > DEPTH_MOST) throw new Error(`${saga}: ${parents.join('/')} does not come to an end`);
    const names = new Set(some.map(({ name }) => name));
    if (names.size < some.length) throw new Error(`${saga}: two reactions of one name among ${[...names].join(', ')}`);
    for (const reaction of some) {
      const refused = await one(reaction, [...parents, reaction.name]);
      if (refused !== undefined) return refused;
    }
    return undefined;
  };

  const one = async (reaction: Reaction<Command, Effect>, names: readonly string[]): Promise<string | undefined> => {
    const id = reactionId(causeId, saga, names.join('/'));
    switch (reaction.kind) {
      case 'command': {
        const actor = { kind: 'system', id: `saga:${saga}` } as const;
        const context = { commandId: id, correlationId, causationId: causeId, actor };
        const result = await attempt.dispatch(reaction.command, context);
        if (result.kind === 'accepted') return undefined;
        const { code, detail } = result;
        return reaction.ifRefused
          ? all(reaction.ifRefused(code, detail), names)
          : `${names.join('/')} was refused: ${code} (${detail})`;
      }
      case 'effect': {
        const context = { ...attempt.context, effectId: id, correlationId, causationId: causeId };
        const answer = answers.get(id) ?? (await attempt.effects(reaction.effect, context));
        answers.set(id, answer);
        return all(answer, names);
      }
      case 'deadline': {
        // Throws when it is no instant.
        const at = new Date(reaction.at).toISOString();
        deadlines.push({ kind: 'set', id, name: reaction.name, at, data: reaction.data });
        return undefined;
      }
      case 'cancel-deadline':
        deadlines.push({ kind: 'cancel', name: reaction.name });
        return undefined;
    }
  };

  const reason = await all(reactions, []);
  return reason === undefined ? { kind: 'done', deadlines } : { kind: 'refused', reason };
};
