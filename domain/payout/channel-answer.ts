import { type Instant, instantAt, type Refusal, refuse } from '../kernel';
import type { ChannelOutcome } from './commands';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * When a silent channel is asked again, counted from the unknown answer before: quickly at first, because most
 * time-outs are answered within seconds, then with patience. In all it takes less than 24 hours: by then it is known,
 * or a person has been called.
 */
const QUERY_LADDER = [SECOND, 5 * SECOND, 40 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 16 * HOUR] as const;

/** What is known of one instruction that was handed to a channel. Only `settled` and `failed` are definite. */
export type EffectStanding =
  | { readonly outcome: 'in-flight' }
  | { readonly outcome: 'unknown'; readonly queries: number }
  | { readonly outcome: 'escalated' }
  | { readonly outcome: 'settled'; readonly channelReference: string }
  | { readonly outcome: 'failed' };

/** What an answer adds to what is known. */
export type Finding =
  | Extract<ChannelOutcome, { outcome: 'settled' | 'failed' }>
  | {
      readonly outcome: 'unknown';
      readonly reason: string;
      readonly queries: number;
      readonly nextQueryAt: Instant;
    }
  | { readonly outcome: 'escalated'; readonly queries: number }
  | { readonly outcome: 'nothing-new' };

const NOTHING_NEW: Finding = { outcome: 'nothing-new' };

/**
 * Weighs a channel's answer against what is known of the instruction it belongs to. A definite answer ends every
 * doubt, also after a person has been called; an unknown one climbs the query ladder and at its end calls a person;
 * a definite outcome never changes again: its repetition is nothing new, its contrary is refused
 * (OUTCOME_CONTRADICTED) and left to reconciliation.
 */
export const weighAnswer = (standing: EffectStanding, answer: ChannelOutcome, at: Instant): Finding | Refusal => {
  switch (standing.outcome) {
    case 'in-flight':
      return answer.outcome === 'unknown' ? askAgain(answer.reason, 0, at) : answer;
    case 'unknown':
      return answer.outcome === 'unknown' ? askAgain(answer.reason, standing.queries + 1, at) : answer;
    case 'escalated':
      return answer.outcome === 'unknown' ? NOTHING_NEW : answer;
    case 'settled':
    case 'failed':
      return agrees(standing, answer)
        ? NOTHING_NEW
        : refuse('OUTCOME_CONTRADICTED', `recorded as ${standing.outcome}, now said to be ${answer.outcome}`);
  }
};

const askAgain = (reason: string, queries: number, at: Instant): Finding => {
  const wait = QUERY_LADDER[queries];
  if (wait === undefined) return { outcome: 'escalated', queries };
  return { outcome: 'unknown', reason, queries, nextQueryAt: instantAt(Date.parse(at) + wait) };
};

/** Silence contradicts nothing; a settlement under another reference would be a second payment. */
const agrees = (
  standing: Extract<EffectStanding, { outcome: 'settled' | 'failed' }>,
  answer: ChannelOutcome,
): boolean => {
  if (answer.outcome === 'unknown') return true;
  if (standing.outcome === 'failed') return answer.outcome === 'failed';
  return answer.outcome === 'settled' && answer.channelReference === standing.channelReference;
};
