import type { PartnerAnswer } from './partner-answer';

/** A source of information that gave none: too late, or for another reason. Nothing was moved by asking. */
export interface Unavailable {
  readonly outcome: 'timed-out' | 'failed';
  /** Kebab-case, from a closed set of ours or the partner's refusal code; never personal data. */
  readonly reason: string;
}

export const unavailable = (answer: Exclude<PartnerAnswer<unknown>, { kind: 'answered' }>): Unavailable => {
  if (answer.kind === 'refused') return { outcome: 'failed', reason: answer.code };
  return { outcome: answer.reason === 'timed-out' ? 'timed-out' : 'failed', reason: answer.reason };
};
