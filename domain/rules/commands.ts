import { z } from 'zod';
import { type CommandOf, rulesIdSchema } from '../kernel';
import { ruleSetSchema } from '../reconciliation';
import { ruleSetHashSchema, trialSchema } from './events';

const one = { rulesId: rulesIdSchema, hash: ruleSetHashSchema };

export const rulesCommands = {
  DraftRuleSet: z.strictObject({ rulesId: rulesIdSchema, document: ruleSetSchema }),
  /** What came of a dry run of a version. */
  RecordRuleSetTrial: z.strictObject({ ...one, trial: trialSchema }),
  ActivateRuleSet: z.strictObject({ ...one, note: z.string().max(500) }),
};

export type RulesCommand = CommandOf<
  typeof rulesCommands,
  {
    /** The content hash of the document that the command brings. */
    DraftRuleSet: { readonly hash: string };
  }
>;
