import type { PolicyDocument } from '../../domain/policy';
import { canonicalHash } from '../../platform/event-log';
import type { FindingCode, RuleFinding } from '../rules';
import type { ModelShelf } from '../scoring';
import { checkModels, checkPart, checkStrategies, type OutputContract, REASONS, readRules } from './check-parts';
import { admissionFields, armFields, REQUIREMENT_FIELDS, SEGMENT_FIELDS } from './vocabulary';

const reason = { kind: 'text', required: false, values: REASONS } as const;

const admissionContract: OutputContract = {
  verdict: { kind: 'text', required: true, values: ['pass', 'reject', 'refer'] },
  reason,
};

const requirementContract: OutputContract = { requires: { kind: 'text', required: true } };

const segmentContract = ({ segments, strategies }: PolicyDocument): OutputContract => ({
  segment: { kind: 'text', required: true, values: segments },
  strategy: { kind: 'text', required: true, values: Object.keys(strategies) },
});

const armContract = ({ prices }: PolicyDocument): OutputContract => ({
  outcome: { kind: 'text', required: true, values: ['approve', 'reject', 'refer'] },
  reason,
  grant: { kind: 'number', required: true, most: 10_000 },
  termMost: { kind: 'number', required: false, most: 1_200 },
  price: { kind: 'text', required: true, values: Object.keys(prices) },
});

/**
 * What is wrong with a policy, each fault with its place; nothing, when it can be trusted to decide. Golden cases are
 * not run here: they need a policy that is sound so far.
 */
export const checkDocument = (document: PolicyDocument, models: ModelShelf): readonly RuleFinding[] => {
  const findings: RuleFinding[] = [];
  const report = (place: string, code: FindingCode, detail: string): void => {
    findings.push({ place, code, detail });
  };
  const rules = readRules(document, report);
  const unreadable = new Set(Object.keys(document.rules).filter((name) => !rules.has(name)));
  const check = (name: string, part: Parameters<typeof checkPart>[2]): void => {
    if (!unreadable.has(name)) findings.push(...checkPart(name, rules, part));
  };
  check(document.segmentation, { vocabulary: SEGMENT_FIELDS, contract: segmentContract(document) });
  check(document.admission, { vocabulary: admissionFields(document), contract: admissionContract });
  check(document.requirements, { vocabulary: REQUIREMENT_FIELDS, contract: requirementContract });
  const arms = Object.values(document.strategies).flatMap((strategy) => strategy.arms.map((arm) => arm.rules));
  for (const name of new Set(arms)) check(name, { vocabulary: armFields(document), contract: armContract(document) });
  checkStrategies(document, report);
  checkModels(document, models, report);
  return findings;
};

/** Names a policy by its content. */
export const policyHash = (document: PolicyDocument): string => canonicalHash(document);
