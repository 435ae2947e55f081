import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import type { Item } from '../../domain/reconciliation';
import { BadRecord, faultOf, type StatementFault } from './faults';
import { fieldReader } from './fields';
import type { Body, StatementFormat } from './format';
import { JsonRecords } from './json-records';
import { lineReader } from './line-reader';
import { LineRecords, type Records } from './records';

/** What came of reading a statement. With faults it is not to be reconciled: the partner is to send it again. */
export interface StatementRead {
  readonly lines: number;
  /** SHA-256 of the bytes as they were received, hex. */
  readonly statementHash: string;
  readonly faults: readonly StatementFault[];
  /** False when so much was wrong that the rest was not looked at. */
  readonly complete: boolean;
}

const MOST_FAULTS = 100;

const recordsOf = (body: Body, longest: number): Records =>
  body.layout === 'json' ? new JsonRecords(longest, body.lines) : new LineRecords(longest, body.layout === 'csv');

/**
 * Reads a statement as it comes in, piece by piece, and hands over each of its lines; neither the text nor the lines
 * are kept. Every fault names the line of the file on which it is. Blank lines, a byte order mark and either kind of
 * line end are as good as not there.
 */
export const readStatement = async (
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  format: StatementFormat,
  take: (line: Item) => void,
): Promise<StatementRead> => {
  const reading = new Reading(format, take);
  const hash = createHash('sha256');
  for await (const piece of bytes) {
    hash.update(piece);
    reading.take(piece);
  }
  reading.end();
  const { lines, faults, complete } = reading;
  return { lines, statementHash: hash.digest('hex'), faults, complete };
};

class Reading {
  readonly #records: Records;
  readonly #fieldsOf: ReturnType<typeof fieldReader>;
  readonly #lineOf: ReturnType<typeof lineReader>;
  readonly #decoder: TextDecoder;
  readonly #format: StatementFormat;
  readonly #taken: (line: Item) => void;
  readonly faults: StatementFault[] = [];
  lines = 0;
  #last = 0;
  #halted = false;

  constructor(format: StatementFormat, taken: (line: Item) => void) {
    this.#format = format;
    this.#taken = taken;
    this.#records = recordsOf(format.body, format.longestRecord);
    this.#fieldsOf = fieldReader(format.body);
    this.#lineOf = lineReader(format);
    this.#decoder = new TextDecoder(format.encoding, { fatal: true });
  }

  get complete(): boolean {
    return !this.#halted;
  }

  take(piece: Uint8Array): void {
    if (this.#halted) return;
    const text = this.#decoded(() => this.#decoder.decode(piece, { stream: true }));
    if (text !== undefined) this.#read(this.#records.take(text));
  }

  end(): void {
    if (this.#halted) return;
    const text = this.#decoded(() => this.#decoder.decode());
    if (text !== undefined && text !== '') this.#read(this.#records.take(text));
    if (!this.#halted) this.#read(this.#records.end());
  }

  /** Bytes that are no text of the encoding end the reading: from here on nothing can be trusted. */
  #decoded(decode: () => string): string | undefined {
    try {
      return decode();
    } catch {
      this.faults.push(faultOf(this.#last + 1, new BadRecord('encoding')));
      this.#halted = true;
      return undefined;
    }
  }

  #read(records: ReturnType<Records['end']>): void {
    for (const record of records) {
      this.#last = record.line;
      if ('fault' in record) this.#note(record.line, record.fault);
      else this.#line(record.line, record.text);
      if (this.#halted) return;
    }
  }

  #line(line: number, text: string): void {
    const { skipLines, ignore, body } = this.#format;
    if (body.layout !== 'json' && (line <= skipLines || isBlank(text))) return;
    if (ignore.some((start) => text.startsWith(start))) return;
    let item: Item;
    try {
      const fields = this.#fieldsOf(text);
      if (fields === undefined) return;
      item = this.#lineOf(fields, line);
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      this.#note(line, error);
      return;
    }
    this.lines += 1;
    this.#taken(item);
  }

  #note(line: number, fault: BadRecord): void {
    this.faults.push(faultOf(line, fault));
    // Without its header nothing that follows can be told apart.
    if (fault.reason === 'header' || this.faults.length >= MOST_FAULTS) this.#halted = true;
  }
}

const isBlank = (text: string): boolean => text === '' || (text.charCodeAt(0) <= 32 && text.trim() === '');
