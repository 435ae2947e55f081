import { z } from 'zod';
import { type CommandOf, policyIdSchema } from '../kernel';
import { policyDocumentSchema, policyHashSchema } from './policy-document';

const one = { policyId: policyIdSchema, hash: policyHashSchema };

/** What was found wrong with a policy, with its place. */
const policyFindingSchema = z
  .strictObject({ place: z.string(), code: z.string(), detail: z.string() })
  .meta({ id: 'PolicyFinding' });

export const policyCommands = {
  DraftPolicy: z.strictObject({ policyId: policyIdSchema, document: policyDocumentSchema }),
  /** What the checks have found; nothing, when the version is sound. */
  CheckPolicy: z.strictObject({
    ...one,
    catalogue: z.string(),
    goldenCases: z.int().min(0),
    findings: z.array(policyFindingSchema),
  }),
  ShadowPolicy: z.strictObject(one),
  /** The second person's approval activates it. */
  ApprovePolicy: z.strictObject({ ...one, note: z.string().max(500) }),
  RetirePolicy: z.strictObject({ ...one, reason: z.string().min(1).max(200) }),
  /** The house's own, where there is none yet: checked before it was shipped. */
  InstallPolicy: z.strictObject({
    policyId: policyIdSchema,
    document: policyDocumentSchema,
    catalogue: z.string(),
  }),
};

/** The content hash of the document that a command brings. */
export interface ContentHash {
  readonly hash: string;
}

export type PolicyCommand = CommandOf<typeof policyCommands, { DraftPolicy: ContentHash; InstallPolicy: ContentHash }>;
