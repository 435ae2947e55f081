import { z } from 'zod';
import type { BusinessDate, Instant } from './business-date';

/** Who gives a command: a person or partner by role, or the house itself (a saga, the scheduler). */
export const ACTOR_KINDS = [
  'borrower',
  'underwriter',
  'collector',
  'auditor',
  'finance',
  'operator',
  'partner',
  'system',
] as const;

export const actorSchema = z.strictObject({ kind: z.enum(ACTOR_KINDS), id: z.string().min(1).max(128) });
export type Actor = Readonly<z.infer<typeof actorSchema>>;

/** What every command carries besides its data: the outside world (time, identity, day) enters the domain only here. */
export interface Issued {
  /** The command's own id; the same id again is the same command. */
  readonly id: string;
  readonly actor: Actor;
  /** When it was given. */
  readonly at: Instant;
  /** The ledger's today. */
  readonly businessDate: BusinessDate;
}

export type CommandSchemas = Readonly<Record<string, z.ZodType>>;

/**
 * The union of commands that a set of schemas stands for. `Facts` names, per command type, what the command handler
 * looks up in other streams before deciding; such commands carry it as `facts`.
 */
export type CommandOf<Schemas extends CommandSchemas, Facts extends object = Record<never, never>> = {
  readonly [Type in keyof Schemas & string]: Issued & {
    readonly type: Type;
    readonly data: Readonly<z.infer<Schemas[Type]>>;
  } & (Type extends keyof Facts ? { readonly facts: Facts[Type] } : unknown);
}[keyof Schemas & string];
