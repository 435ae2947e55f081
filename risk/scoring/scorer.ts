import type { PmmlOutputs, PmmlRow } from '../pmml';
import type { CreditModel } from './credit-model';

/** Another engine that may score in the model's place: a model server, or a runtime of another format. */
export interface OtherEngine {
  /** Asks for the model's outputs. Never rejects and is never late: what it cannot say in its time is an outcome. */
  readonly score: (
    model: { readonly document: string; readonly hash: string },
    row: PmmlRow,
  ) => Promise<
    { readonly outcome: 'answered'; readonly outputs: PmmlOutputs } | { readonly outcome: 'timed-out' | 'failed' }
  >;
}

/** What a model said, and who said it. */
export interface Scored {
  readonly outputs: PmmlOutputs;
  readonly by: 'local' | 'remote';
  /** Why the house's own model stood in for the other engine. */
  readonly fallback?: 'timed-out' | 'failed';
}

/** The model could not say anything. */
export interface Unscored {
  readonly unscored: string;
}

/** Scores with the house's own model, or first with another engine and with the own one where that has no answer. */
export const scoreWith = async (model: CreditModel, row: PmmlRow, other?: OtherEngine): Promise<Scored | Unscored> => {
  const answer = await other?.score(model, row);
  if (answer?.outcome === 'answered') return { outputs: answer.outputs, by: 'remote' };
  const outputs = model.score(row);
  if (isRefused(outputs)) return { unscored: outputs.detail };
  return { outputs, by: 'local', ...(answer ? { fallback: answer.outcome } : {}) };
};

const isRefused = (
  outputs: ReturnType<CreditModel['score']>,
): outputs is Extract<ReturnType<CreditModel['score']>, { readonly refused: true }> => outputs['refused'] === true;
