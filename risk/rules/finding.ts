/** What can be wrong with rules; the engine itself takes most of it in silence. */
export type FindingCode =
  | 'SYNTAX'
  | 'UNKNOWN_FIELD'
  | 'WRONG_TYPE'
  | 'NO_CATCH_ALL'
  | 'CYCLE'
  | 'UNSUPPORTED'
  | 'OUTPUT'
  | 'SHARES'
  | 'MODEL'
  | 'GOLDEN';

/** One fault, with its place: `rules/admission/Age/rule 3/column "age"`. */
export interface RuleFinding {
  readonly place: string;
  readonly code: FindingCode;
  /** One plain sentence. */
  readonly detail: string;
}
