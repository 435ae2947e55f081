import type { Fields } from './wire';

const CODES = {
  BadValue: 2,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  CursorNotFound: 43,
  NamespaceExists: 48,
  CommandNotFound: 59,
  CannotCreateIndex: 67,
  IndexKeySpecsConflict: 86,
  DuplicateKey: 11000,
} as const;

/** A command, or one write of it, that failed as MongoDB says it: by name and number. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: number;

  constructor(
    readonly codeName: keyof typeof CODES,
    message: string,
  ) {
    super(message);
    this.code = CODES[codeName];
  }

  reply(): Fields {
    return { ok: 0, errmsg: this.message, code: this.code, codeName: this.codeName };
  }
}
