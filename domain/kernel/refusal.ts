import type { RefusalCode } from '../refusals';

/**
 * A command that the rules do not allow. A value, not an exception: nothing was written and the caller can act on the
 * code. What each code means and what to do about it stands in `domain/refusals.ts`.
 */
export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  /** One plain sentence with the figures of this case; never personal data. */
  readonly detail: string;
}

export const refuse = (code: RefusalCode, detail: string): Refusal => ({ refused: true, code, detail });

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;
