/** Why a record is not a line of a statement. */
export type FaultReason =
  | 'encoding'
  | 'too-long'
  | 'open-quote'
  | 'header'
  | 'missing-column'
  | 'not-json'
  | 'missing-field'
  | 'amount'
  | 'date'
  | 'currency'
  | 'direction'
  | 'status';

export interface StatementFault {
  /** The line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly reason: FaultReason;
  readonly field?: string;
  /** The value that is wrong, cut short. */
  readonly value?: string;
}

/** A record that cannot be read; the reader notes it and goes on with the next one. */
export class BadRecord extends Error {
  constructor(
    readonly reason: FaultReason,
    readonly field?: string,
    readonly value?: string,
  ) {
    super(`${reason} ${field ?? ''}`);
  }
}

const SHOWN = 40;

export const faultOf = (line: number, { reason, field, value }: BadRecord): StatementFault => ({
  line,
  reason,
  ...(field !== undefined && { field }),
  ...(value !== undefined && { value: value.slice(0, SHOWN) }),
});
