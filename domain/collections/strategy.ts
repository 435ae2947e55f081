import { z } from 'zod';
import { addDays, assert, type BusinessDate, businessDateAt, businessDateSchema } from '../kernel';
import { ARREARS_BUCKETS, type ArrearsBucket, arrearsBucketSchema } from '../loan';
import { CONTACT_MEANS } from './contact-law';
import { type MadeContact, nextContactDay } from './contact-limits';
import standard1 from './strategies/standard.1.json';

/** Stages that a case comes to by how late its loans are, mildest first. */
export const STAGES = ['early', 'middle', 'late', 'final'] as const;
export const stageSchema = z.enum(STAGES);
export type Stage = z.infer<typeof stageSchema>;

const stepSchema = z.strictObject({
  means: z.enum(CONTACT_MEANS),
  /** Whose task it is. */
  who: z.enum(['collector', 'senior-collector']),
  /** So many days after the stage was entered for the first time, then every so many days. */
  after: z.int().min(0),
  every: z.int().min(1),
});

/** How arrears are collected, as data. Never changed, only followed by another version. */
const strategySchema = z.strictObject({
  name: z.string().min(1),
  version: z.int().min(1),
  promises: z.strictObject({
    /** How far off the day may be for which a payment is promised. */
    longestDays: z.int().min(1),
    /** What was paid on its day may take so long to become known. */
    arrivesWithinDays: z.int().min(0),
  }),
  /** So long nothing is done on a case after a hardship plan was granted. */
  hardshipDays: z.int().min(1),
  stages: z
    .array(
      z.strictObject({
        stage: stageSchema,
        bucket: arrearsBucketSchema.exclude(['current']),
        steps: z.array(stepSchema).min(1),
      }),
    )
    .min(1),
});
export type Strategy = Readonly<z.infer<typeof strategySchema>>;

const STANDARD: Strategy = strategySchema.parse(standard1);

/** Every strategy that a case may have been opened under. */
const STRATEGIES: readonly Strategy[] = [STANDARD];

const nameOf = ({ name, version }: Strategy): string => `${name}@${version}`;

/** The strategy that new cases are opened under, by name and version ("standard@1"). */
export const CURRENT_STRATEGY: string = nameOf(STANDARD);

/** @throws InvariantError when there is none: a case keeps the strategy it was opened under. */
export const strategyNamed = (name: string): Strategy => {
  const found = STRATEGIES.find((strategy) => nameOf(strategy) === name);
  assert(found !== undefined, () => `no strategy ${name}`);
  return found;
};

/** What a person is to do next on a case. */
export const nextActionSchema = z.strictObject({
  means: z.enum(CONTACT_MEANS),
  who: stepSchema.shape.who,
  on: businessDateSchema,
});
export type NextAction = Readonly<z.infer<typeof nextActionSchema>>;

/** The worse of two buckets. */
export const worse = (one: ArrearsBucket, other: ArrearsBucket): ArrearsBucket =>
  ARREARS_BUCKETS.indexOf(one) >= ARREARS_BUCKETS.indexOf(other) ? one : other;

/** The stage of a case whose worst loan is in this bucket. */
export const stageFor = (strategy: Strategy, bucket: ArrearsBucket): Stage => {
  const rank = ARREARS_BUCKETS.indexOf(bucket);
  const [mildest] = strategy.stages;
  assert(mildest !== undefined, 'a strategy has a stage');
  return (strategy.stages.findLast((stage) => ARREARS_BUCKETS.indexOf(stage.bucket) <= rank) ?? mildest).stage;
};

/** Where a case is in its strategy. */
export interface Progress {
  readonly jurisdiction: 'CN';
  readonly stage: Stage;
  readonly stageSince: BusinessDate;
  readonly contacts: readonly MadeContact[];
  /** Nothing is due before: a promise is waited for, a plan is given time. */
  readonly notBefore: BusinessDate;
}

/** The step of the stage that comes up first, on a day on which it may be done. */
export const nextAction = (strategy: Strategy, progress: Progress): NextAction => {
  const { stage, stageSince, contacts, notBefore, jurisdiction } = progress;
  const steps = strategy.stages.find((each) => each.stage === stage)?.steps ?? [];
  const planned = steps.map(({ means, who, after, every }): NextAction => {
    const last = contacts.findLast((contact) => contact.means === means && dayOf(contact) >= stageSince);
    const due = last === undefined ? addDays(stageSince, after) : addDays(dayOf(last), every);
    return { means, who, on: nextContactDay(jurisdiction, means, later(due, notBefore)) };
  });
  const [first, ...others] = planned;
  assert(first !== undefined, () => `${nameOf(strategy)} has no step in ${stage}`);
  return others.reduce((earliest, step) => (step.on < earliest.on ? step : earliest), first);
};

const later = (one: BusinessDate, other: BusinessDate): BusinessDate => (one > other ? one : other);

const dayOf = ({ at }: MadeContact): BusinessDate => businessDateAt(Date.parse(at));
