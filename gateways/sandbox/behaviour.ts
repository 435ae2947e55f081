import { z } from 'zod';
import { channelCostSchema } from '../../domain/channel';
import { moneyTextSchema } from '../../domain/kernel';
import { chanceOf, pickWeighted } from './chance';

/** What is done about a question that has an effect, before anything is answered. */
export type Doing = 'now' | 'later' | 'nothing' | 'refuses' | 'calls-back';

/** How the answer leaves the house. */
export type Answering =
  | 'properly'
  | 'slowly'
  | 'never'
  | 'server-error'
  | 'reset'
  | 'garbage'
  | 'unsigned'
  | 'badly-signed'
  | 'oversized'
  | 'trickling';

interface Plan {
  readonly does: Doing;
  readonly answers: Answering;
  /** Whether questions that only look (query, statement, balance) suffer from it too; otherwise they are answered. */
  readonly reads: boolean;
}

/** Everything that a partner can do to us. */
const BEHAVIOURS = {
  approve: { does: 'now', answers: 'properly', reads: true },
  /** A signed, definite no. */
  refuse: { does: 'refuses', answers: 'properly', reads: false },
  slow: { does: 'now', answers: 'slowly', reads: true },
  /** Does nothing and never answers, whatever is asked. */
  hang: { does: 'nothing', answers: 'never', reads: true },
  /** Did it, but never says so; a query tells. */
  'timeout-after-doing': { does: 'now', answers: 'never', reads: false },
  /** Did not do it and never says so; a query does not find it. */
  'timeout-before-doing': { does: 'nothing', answers: 'never', reads: false },
  /** Never answers, is not found by a query at first, and settles later all the same. Payment channel only. */
  'settle-late': { does: 'later', answers: 'never', reads: false },
  /** Takes the instruction over and tells by callback what became of it. Payment channel only. */
  callback: { does: 'calls-back', answers: 'properly', reads: false },
  'server-error': { does: 'nothing', answers: 'server-error', reads: true },
  /** Did it, then the connection breaks. */
  reset: { does: 'now', answers: 'reset', reads: true },
  /** Did it, then answers what nobody can parse, with a good signature. */
  garbage: { does: 'now', answers: 'garbage', reads: true },
  unsigned: { does: 'now', answers: 'unsigned', reads: true },
  /** Signed over another body: changed on the way, or forged. */
  'badly-signed': { does: 'now', answers: 'badly-signed', reads: true },
  /** Did it, then answers 100 MB. */
  oversized: { does: 'now', answers: 'oversized', reads: true },
  /** Did it, then answers a byte at a time, for ever. */
  trickle: { does: 'now', answers: 'trickling', reads: true },
} as const satisfies Record<string, Plan>;

export type BehaviourName = keyof typeof BEHAVIOURS;
export const BEHAVIOUR_NAMES = Object.keys(BEHAVIOURS) as [BehaviourName, ...BehaviourName[]];

const OPERATIONS = [
  'report',
  'verify',
  'payout',
  'debit',
  'query',
  'statement',
  'heartbeat',
  'balance',
  'account',
  'open',
  'top-up',
  'withdrawal',
  'transfer',
  'freeze',
  'unfreeze',
  'sign',
  'fraud-check',
  'phone-check',
  'device-check',
  'court-search',
] as const;
export type OperationName = (typeof OPERATIONS)[number];

const behaviourSchema = z.enum(BEHAVIOUR_NAMES);
const shareSchema = z.number().min(0).max(1);

/** One behaviour for all, or shares of behaviours (the rest approves), drawn by seed, key and attempt. */
const conductSchema = z.union([
  behaviourSchema,
  z
    .partialRecord(behaviourSchema, shareSchema)
    .refine((shares) => Object.values(shares).reduce((sum, share) => sum + share, 0) <= 1 + 1e-9, {
      message: 'the shares add up to at most 1',
    }),
]);

/** How one partner behaves until told otherwise. What is left out is well-behaved. */
export const settingsSchema = z.strictObject({
  behaviour: conductSchema.default('approve'),
  /** Goes before `behaviour` for the operations named. */
  operations: z.partialRecord(z.enum(OPERATIONS), conductSchema).default({}),
  slowMs: z.int().min(0).max(600_000).default(200),
  /** After how long (on the sandbox's clock) `settle-late` settles. */
  settleLateMs: z
    .int()
    .min(0)
    .max(30 * 86_400_000)
    .default(60_000),
  /** The code of refusals. */
  refusal: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+){0,7}$/)
    .default('declined'),
  /** Share of movements that the channel's statement gets wrong; the next statement corrects them. */
  statementFaults: shareSchema.default(0),
  /** Share of debits that may be partial for which the payer has only a part of the money. */
  partialDebits: shareSchema.default(0),
  /** What a payment channel tells of itself. */
  heartbeat: z
    .strictObject({
      available: z.boolean().default(true),
      balance: moneyTextSchema.optional(),
      cost: channelCostSchema.optional(),
    })
    .default({ available: true }),
  callbacks: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      /** How often each callback is delivered. */
      copies: z.int().min(1).max(100).default(1),
      /** The outcome is told before the acceptance. */
      outOfOrder: z.boolean().default(false),
    })
    .optional(),
});
export type PartnerSettings = Readonly<z.infer<typeof settingsSchema>>;
/** What may be sent to `PUT /sandbox/behaviour`. */
export type PartnerSettingsInput = z.input<typeof settingsSchema>;

export interface Occasion {
  readonly seed: string;
  readonly operation: OperationName;
  readonly key: string;
  /** How often this key has been asked before, so that a repeated question gets another draw. */
  readonly attempt: number;
  /** What the content of the question itself calls for. */
  readonly magic: BehaviourName | undefined;
}

/** Which behaviour meets a question: its own magic first, then the operation's conduct, then the partner's. */
export const chooseBehaviour = (settings: PartnerSettings, occasion: Occasion): BehaviourName => {
  if (occasion.magic !== undefined) return occasion.magic;
  const conduct = settings.operations[occasion.operation] ?? settings.behaviour;
  if (typeof conduct === 'string') return conduct;
  const draw = chanceOf(occasion.seed, 'behaviour', occasion.operation, occasion.key, occasion.attempt);
  const shares = BEHAVIOUR_NAMES.map((name) => [name, conduct[name] ?? 0] as const);
  return pickWeighted(draw, shares, 'approve');
};

/** The plan of a behaviour for a question with or without an effect. */
export const planOf = (behaviour: BehaviourName, kind: 'effect' | 'read'): Plan => {
  const plan = BEHAVIOURS[behaviour];
  return kind === 'effect' || plan.reads ? plan : BEHAVIOURS.approve;
};
