import { BadRecord } from './faults';
import type { Records, TextRecord } from './records';

type Cut = ReturnType<Records['end']>;

/**
 * The objects of one array in a JSON document that comes in pieces: of the document itself, or of the member `lines`.
 * Only looks for where objects begin and end; what is in them is for JSON.parse.
 */
export class JsonRecords implements Records {
  readonly #longest: number;
  readonly #member: string | undefined;
  #line = 1;
  #begun = 1;
  #depth = 0;
  /** The depth inside the array of lines; 0 while it has not begun. */
  #inside = 0;
  #record = '';
  #recording = false;
  #dropping = false;
  #string: string | undefined;
  #escaped = false;
  #lastString = '';

  constructor(longest: number, member: string | undefined) {
    this.#longest = longest;
    this.#member = member;
  }

  *take(piece: string): Cut {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const sign = piece[at] ?? '';
      if (sign === '\n') this.#line += 1;
      if (this.#string !== undefined) {
        this.#inString(sign);
        continue;
      }
      const before = this.#recording;
      const done = this.#step(sign);
      if (!before && this.#recording) from = at;
      if (done) {
        yield* this.#done(piece.slice(from, at + 1));
      }
    }
    if (this.#recording) yield* this.#keep(piece.slice(from));
  }

  *end(): Cut {
    if (this.#depth !== 0 || this.#string !== undefined) yield { line: this.#line, fault: new BadRecord('not-json') };
    else if (this.#inside === 0) yield { line: this.#line, fault: new BadRecord('missing-field', this.#member) };
  }

  #inString(sign: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (sign === '\\') this.#escaped = true;
    else if (sign === '"') {
      this.#lastString = this.#string ?? '';
      this.#string = undefined;
      return;
    }
    // Only names of members are needed, and only those outside of records.
    if (!this.#recording && this.#string !== undefined) this.#string = (this.#string + sign).slice(0, 200);
  }

  /** Takes one sign that is in no string; true when it ends a record. */
  #step(sign: string): boolean {
    switch (sign) {
      case '"':
        this.#string = '';
        return false;
      case '[':
      case '{':
        this.#depth += 1;
        if (sign === '[' && this.#inside === 0 && this.#isArrayOfLines()) this.#inside = this.#depth;
        else if (sign === '{' && this.#inside > 0 && this.#depth === this.#inside + 1) this.#begin();
        return false;
      case ']':
      case '}':
        this.#depth -= 1;
        if (this.#inside > 0 && this.#depth < this.#inside) this.#inside = Number.POSITIVE_INFINITY;
        return this.#recording && this.#depth === this.#inside;
      default:
        return false;
    }
  }

  #isArrayOfLines(): boolean {
    return this.#member === undefined ? this.#depth === 1 : this.#depth === 2 && this.#lastString === this.#member;
  }

  #begin(): void {
    this.#recording = true;
    this.#begun = this.#line;
  }

  *#done(tail: string): Cut {
    yield* this.#keep(tail);
    if (!this.#dropping) yield { line: this.#begun, text: this.#record } satisfies TextRecord;
    this.#record = '';
    this.#recording = false;
    this.#dropping = false;
  }

  *#keep(piece: string): Cut {
    if (this.#dropping) return;
    if (this.#record.length + piece.length > this.#longest) {
      this.#dropping = true;
      this.#record = '';
      yield { line: this.#begun, fault: new BadRecord('too-long') };
      return;
    }
    this.#record += piece;
  }
}
