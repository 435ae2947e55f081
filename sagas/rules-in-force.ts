import { aggregates, type StateReader } from '../commands';
import { rulesId } from '../domain/kernel';
import { HOUSE_RULES, type RuleSet } from '../domain/reconciliation';

export interface RulesInForce {
  readonly rules: RuleSet;
  /** Under this content hash the version is on record; those that the house came with are not. */
  readonly hash?: string;
}

/**
 * The rules by which a counterparty's statements are held against our movements now: its own, else those for
 * everybody, else those that the house came with.
 */
export const rulesInForce = async (read: StateReader, counterparty: string): Promise<RulesInForce> => {
  for (const name of [counterparty, HOUSE_RULES.name]) {
    const { active } = (await read.load(aggregates.rules, rulesId(name))).state;
    if (active) return { rules: active.document, hash: active.hash };
  }
  return { rules: HOUSE_RULES };
};
