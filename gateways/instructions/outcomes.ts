import { type Instant, unreachable } from '../../domain/kernel';
import type { ChannelOutcome } from '../../domain/payout';
import type { PartnerAnswer } from '../http';
import type { InstructionWord, NotFoundWord } from './words';

/**
 * `not-found` is definite: the partner never had the instruction and the window in which it might still act is over.
 */
export type QueryOutcome = ChannelOutcome | { readonly outcome: 'not-found' };

const unknown = (reason: string): { outcome: 'unknown'; reason: string } => ({ outcome: 'unknown', reason });

/** An instruction as a word about it is judged: its key, and what in a word speaks of another one. */
export interface Instructed<Word> {
  readonly effectId: string;
  /** Why a word is not about this instruction, in kebab-case; undefined when it is. */
  readonly contradiction: (word: Word) => string | undefined;
}

/** What a word about an instruction means, or unknown when it speaks of another one than was given. */
export const outcomeOf = <Word extends InstructionWord>(said: Word, instructed: Instructed<Word>): ChannelOutcome => {
  if (said.effectId !== instructed.effectId) return unknown('answer-to-another-instruction');
  const contradiction = instructed.contradiction(said);
  if (contradiction !== undefined) return unknown(contradiction);
  const word: InstructionWord = said;
  switch (word.outcome) {
    case 'settled':
      return { outcome: 'settled', channelReference: word.channelReference, settledOn: word.settledOn };
    case 'accepted':
      return unknown('accepted');
    case 'failed':
      return { outcome: 'failed', reason: word.reason };
    default:
      return unreachable(word);
  }
};

/** What became of an instruction by the answer to it; a definite no is a refusal. */
export const instructionOutcome = <Word extends InstructionWord>(
  answer: PartnerAnswer<Word>,
  instructed: Instructed<Word>,
): ChannelOutcome => {
  switch (answer.kind) {
    case 'answered':
      return outcomeOf(answer.body, instructed);
    case 'refused':
      return { outcome: 'failed', reason: answer.code };
    case 'silent':
      return unknown(answer.reason);
    default:
      return unreachable(answer);
  }
};

/** The window, by the partner's own documentation, in which it may act on an instruction that no query finds. */
export interface SettleLate {
  readonly submittedAt: Instant;
  readonly settleLateMs: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What became of an instruction by the answer to a query. Until the window is over "not found" tells us nothing. */
export const queryOutcome = <Word extends InstructionWord>(
  answer: PartnerAnswer<Word | NotFoundWord>,
  instructed: Instructed<Word>,
  { submittedAt, settleLateMs, now }: SettleLate,
): QueryOutcome => {
  // A refusal to answer the query says nothing about the instruction itself.
  if (answer.kind === 'refused') return unknown('query-refused');
  if (answer.kind === 'silent') return unknown(answer.reason);
  const said = answer.body;
  if (isWord(said)) return outcomeOf(said, instructed);
  if (said.effectId !== instructed.effectId) return unknown('answer-to-another-instruction');
  const mayStillAct = now < Date.parse(submittedAt) + settleLateMs;
  return mayStillAct ? unknown('not-found-yet') : { outcome: 'not-found' };
};

const isWord = <Word extends InstructionWord>(said: Word | NotFoundWord): said is Word => said.outcome !== 'not-found';
