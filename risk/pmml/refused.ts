/** Every way in which a document or a row is refused, with its meaning. The set is closed. */
export const PMML_REFUSALS = {
  XML_MALFORMED: 'The text is not well-formed XML, or it is cut off.',
  XML_FORBIDDEN: 'The text has a document type declaration or an entity of its own: neither is ever read.',
  XML_TOO_LARGE: 'The text has more characters, elements, attributes or levels than are allowed.',
  NOT_PMML: 'The root element is not a PMML element of a version that is understood.',
  UNSUPPORTED_MODEL: 'There is no model in the document, or one of a class that is not evaluated here.',
  UNSUPPORTED_ELEMENT: 'An element has a meaning that is not evaluated here.',
  UNKNOWN_FUNCTION: 'A function is neither built in nor defined in the document.',
  UNKNOWN_FIELD: 'A field is used that is not in scope at this place.',
  CYCLIC_DEFINITION: 'Derived fields or functions are defined by each other.',
  INVALID_DOCUMENT: 'An element or attribute is missing, or has a value that the standard does not allow.',
  INVALID_VALUE: 'A value of the row is not valid for its field, and the document says that there is then no result.',
  INVALID_RESULT: 'An expression has no result for this row, and the document says that there is then none at all.',
} as const;

export type PmmlRefusalCode = keyof typeof PMML_REFUSALS;

/** Where in the document: a path of elements (with a position among namesakes), and the line from 1. */
export interface PmmlPlace {
  readonly path: string;
  readonly line: number;
}

/** What the evaluator answers instead of a model or of outputs. A value: nothing has happened. */
export interface PmmlRefused {
  readonly refused: true;
  readonly code: PmmlRefusalCode;
  /** One plain sentence that names the thing. Values of rows are never in it: they may be personal. */
  readonly detail: string;
  readonly place: PmmlPlace;
}

export const isPmmlRefused = (value: object): value is PmmlRefused => 'refused' in value && value.refused === true;

/** Carries a refusal up from deep inside a document; never leaves this folder. */
export class PmmlFault extends Error {
  constructor(readonly refused: PmmlRefused) {
    super(refused.detail);
  }
}

/** Runs what may meet a fault, and answers with its refusal. Anything else that is thrown is a bug and goes on. */
export const orRefused = <T>(work: () => T): T | PmmlRefused => {
  try {
    return work();
  } catch (error) {
    if (error instanceof PmmlFault) return error.refused;
    throw error;
  }
};
