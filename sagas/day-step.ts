import type { BusinessDate, Refusal } from '../domain/kernel';

/**
 * One kind of thing that closing a business date does, before the statements of that date are looked at. Done again, by
 * somebody else at the same time, or after it was cut short at any instant, it does nothing twice.
 */
export interface DayStep {
  /** As it is told while it runs: "dues". */
  readonly name: string;
  /** Does what it can for a date while a step before is at work: what is left, `work` does. */
  readonly ahead?: (date: BusinessDate) => Promise<void>;
  /** Does what is left of it for a date. Where it has much to do, it lets others go `between` two portions of it. */
  readonly work: (date: BusinessDate, between: () => Promise<void>) => Promise<StepDone>;
}

export interface StepDone {
  /** How many things were done now; none when all had been done before. */
  readonly done: number;
  /** Why it could not be finished: the date stays open, and is tried again. */
  readonly refusal?: Refusal;
}
