import { compilePmml, isPmmlRefused, type PmmlOutputs, type PmmlRow } from '../pmml';

/** A model of the house's own, ready to score. */
export interface CreditModel {
  /** "south-german-2026-1/scorecard". */
  readonly document: string;
  /** SHA-256 of its document. */
  readonly hash: string;
  readonly inputs: readonly { readonly name: string; readonly categories: readonly string[] }[];
  readonly outputs: readonly string[];
  /** Scores one row; what it cannot score is a value. Pure: the same row gives the same outputs. */
  readonly score: (row: PmmlRow) => PmmlOutputs | { readonly refused: true; readonly detail: string };
}

/** Every model that the house has, by name. */
export interface ModelShelf {
  /** Undefined when there is none of that name. @throws Error when there is, but it is no model */
  readonly find: (document: string) => CreditModel | undefined;
}

/** Reads a model from its PMML document. @throws Error when it is not one that can be evaluated exactly */
const creditModel = (document: string, pmml: string, hash: string): CreditModel => {
  const model = compilePmml(pmml);
  if (isPmmlRefused(model)) throw new Error(`${document}: ${model.code} at ${model.place.path}: ${model.detail}`);
  return { document, hash, inputs: model.inputs, outputs: model.outputs, score: model.evaluate };
};

/**
 * Models as they are found, each read when it is first asked for and kept from then on.
 * @param read the text of a model's document; undefined when there is none of that name
 * @param hash SHA-256 of a text, hex
 */
export const modelShelf = (
  read: (document: string) => string | undefined,
  hash: (text: string) => string,
): ModelShelf => {
  const kept = new Map<string, CreditModel>();
  return {
    find: (document) => {
      const known = kept.get(document);
      if (known) return known;
      const text = read(document);
      if (text === undefined) return undefined;
      const model = creditModel(document, text, hash(text));
      kept.set(document, model);
      return model;
    },
  };
};
