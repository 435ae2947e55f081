import { BadRecord } from './faults';

/** A record as text, and the line of the file on which it begins, from 1. */
export interface TextRecord {
  readonly line: number;
  readonly text: string;
}

/** Cuts a text that comes in pieces into records; holds no more of it than one record. */
export interface Records {
  /** Takes a piece in; gives what is complete, and a fault for what can be none. */
  take(piece: string): Generator<TextRecord | { readonly line: number; readonly fault: BadRecord }>;
  /** The text has ended. */
  end(): Generator<TextRecord | { readonly line: number; readonly fault: BadRecord }>;
}

type Cut = ReturnType<Records['end']>;

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

/**
 * Lines, ended by LF or CRLF. With `quoted`, a line break inside double quotes does not end the record (RFC 4180): a
 * record is whole when its quotes are even. A record above the longest is dropped up to its end, and said.
 */
export class LineRecords implements Records {
  readonly #longest: number;
  readonly #quoted: boolean;
  #rest = '';
  #line = 1;
  #begun = 1;
  #record = '';
  #open = false;
  #dropping = false;

  constructor(longest: number, quoted: boolean) {
    this.#longest = longest;
    this.#quoted = quoted;
  }

  *take(piece: string): Cut {
    const text = this.#rest === '' ? piece : this.#rest + piece;
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      yield* this.#lineEnds(text.slice(from, to));
      from = to + 1;
      this.#line += 1;
    }
    this.#rest = text.slice(from);
    if (this.#rest.length + this.#record.length > this.#longest) yield* this.#drop();
    if (this.#dropping) this.#rest = '';
  }

  *end(): Cut {
    if (this.#rest !== '') yield* this.#lineEnds(this.#rest);
    if (this.#open) yield { line: this.#begun, fault: new BadRecord('open-quote') };
  }

  *#lineEnds(line: string): Cut {
    if (this.#dropping) {
      this.#dropping = false;
      return;
    }
    if (this.#record.length + line.length > this.#longest) {
      yield* this.#drop();
      this.#dropping = false;
      return;
    }
    if (!this.#open) this.#begun = this.#line;
    if (this.#quoted && hasOddQuotes(line)) this.#open = !this.#open;
    this.#record = this.#record === '' ? line : `${this.#record}\n${line}`;
    if (this.#open) return;
    yield { line: this.#begun, text: withoutReturn(this.#record) };
    this.#record = '';
  }

  *#drop(): Cut {
    if (!this.#dropping) {
      yield { line: this.#open ? this.#begun : this.#line, fault: new BadRecord('too-long') };
    }
    this.#dropping = true;
    this.#open = false;
    this.#record = '';
  }
}

const hasOddQuotes = (line: string): boolean => {
  let odd = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
};

/** The cells of a CSV record. A cell in quotes may hold the delimiter, line breaks, and quotes written twice. */
export const cellsOf = (record: string, delimiter: string): readonly string[] => {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  let from = 0;
  while (from <= record.length) {
    const quoted = record[from] === '"';
    const closes = quoted ? closingQuote(record, from + 1) : from;
    const end = record.indexOf(delimiter, closes);
    const to = end < 0 ? record.length : end;
    if (quoted && record.slice(closes + 1, to).trim() !== '') throw new BadRecord('open-quote');
    cells.push(quoted ? record.slice(from + 1, closes).replaceAll('""', '"') : record.slice(from, to));
    from = to + 1;
  }
  return cells;
};

const closingQuote = (record: string, from: number): number => {
  let at = record.indexOf('"', from);
  while (at >= 0 && record[at + 1] === '"') at = record.indexOf('"', at + 2);
  if (at < 0) throw new BadRecord('open-quote');
  return at;
};
