import type { Day } from '../../calendar';
import type { RateText } from '../../kernel';
import type { AmountRules } from './amounts';
import type { Balance, InterestRules } from './bearing';
import type { DueDates } from './due-dates';
import type { FlatInterest } from './flat';
import type { RateRule } from './rate';
import type { Rest } from './rests';
import type { Portion, Row, rowOf } from './row';
import type { Movement, Story, Tranche } from './story';

export type Credit = Extract<Movement, { kind: 'credit' }>;

/** A payment with where it stands among the movements. */
export type Paying = Credit & { readonly at: number };

/** Charges that were dropped, and where that stands among the movements. */
export interface Waiver {
  readonly of: string;
  readonly installment: number | undefined;
  readonly at: number;
}

/** A plan while it is made, period by period. Seen only inside this room. */
export interface Walk {
  readonly story: Story;
  readonly amounts: AmountRules;
  readonly rate: RateRule;
  readonly dates: DueDates;
  readonly rest: Rest;
  readonly interest: InterestRules;
  /** Interest follows what is really paid. */
  readonly isRecalculated: boolean;
  /** What of overdue installments bears interest. */
  readonly late: ReadonlySet<Portion>;
  readonly rows: Row[];
  /** Makes an installment: one that can be paid only where payments matter to the plan. */
  readonly row: typeof rowOf;
  /** The rate in force on a day. */
  readonly rateOn: (day: Day) => RateText;
  /** What bears interest. */
  readonly balance: Balance;
  /** Disbursements and payments that are still to come, oldest first. */
  readonly coming: Tranche[];
  readonly payments: Paying[];
  /** How many of the payments were taken. */
  taken: number;
  /** Principal of all disbursements without what is paid down. */
  readonly total: bigint;
  /** Principal that installments have asked for. */
  planned: bigint;
  /** Principal paid out that no installment has asked for yet. */
  outstanding: bigint;
  /** The number of the period, the day it begins, and the number of the one that takes all that is left. */
  number: number;
  from: Day;
  last: number;
  ratePerYear: RateText;
  /** A rate was agreed for the loan since it began. */
  isRepriced: boolean;
  installment: bigint;
  /** The installment was set by hand. */
  isFixed: boolean;
  /** The equal principal of each installment. */
  share: bigint;
  flat: FlatInterest | undefined;
  /** Flat loans: where the equal parts begin, and the principal that was asked for before. */
  since: { readonly number: number; readonly planned: bigint };
  /** Interest that was put off, and falls due with the first installment that asks for interest. */
  putOff: bigint;
  /** Interest that an installment had no room for. */
  excess: bigint;
  /** Principal paid in advance that the next installments are smaller by. */
  held: bigint;
  /** What nothing was left to pay with: it pays what is lent later. */
  readonly over: Paying[];
  /** Charges that were dropped, oldest first, and how many of them have taken effect. */
  readonly waivers: readonly Waiver[];
  waived: number;
  readonly principalGrace: Set<number>;
  readonly interestGrace: Set<number>;
}

/** A period being planned. */
export interface Current {
  readonly from: Day;
  readonly due: Day;
  /** Its due date where nothing ends it before: what its days are a part of. */
  readonly ends: Day;
  /** It takes all that is left. */
  readonly isLast: boolean;
  /** Principal paid in it before it falls due. */
  early: bigint;
  /** Payments in it that wait for its installment, and what they come to. */
  readonly waiting: Paying[];
  money: bigint;
}

/** How many installments from a number on ask for a portion that has grace. */
export const asking = (walk: Walk, from: number, grace: ReadonlySet<number>): number => {
  let inGrace = 0;
  for (const number of grace) if (number >= from && number <= walk.last) inGrace += 1;
  return walk.last - from + 1 - inGrace;
};
