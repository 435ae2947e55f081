/** A value of a model's input or output. */
export type ModelValue = string | number | boolean | null;

/** Which model is meant: the house's own name of it, and the hash of its document. */
export interface ModelName {
  readonly document: string;
  readonly hash: string;
}

export type ModelAnswer =
  | { readonly outcome: 'answered'; readonly outputs: Readonly<Record<string, ModelValue>> }
  | { readonly outcome: 'timed-out' | 'failed' };

/**
 * Another engine that scores in the place of the house's own: a server for models that are too large for here, or a
 * runtime of another format. Never rejects, and never takes longer than its deadline: what it cannot say in time is an
 * outcome, and the house's own model is asked.
 */
export interface ModelServer {
  readonly score: (model: ModelName, inputs: Readonly<Record<string, ModelValue | undefined>>) => Promise<ModelAnswer>;
}

/** How long a score may take that the house waits for. */
export const MODEL_DEADLINE_MS = 100;
