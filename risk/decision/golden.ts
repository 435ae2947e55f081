import type { GoldenCase, PolicyDocument } from '../../domain/policy';
import { FEATURE_NAMES, type FeatureVector, isValueOf } from '../features';
import { type CompiledPolicy, checkDocument, compilePolicy, policyHash } from '../policy';
import type { RuleFinding } from '../rules';
import type { ModelShelf } from '../scoring';
import { type Conclusion, decide } from './decide';

type Values = FeatureVector['values'];

const NOTHING_KNOWN = Object.fromEntries(FEATURE_NAMES.map((name) => [name, null]));

/** A sound applicant, whom any sensible policy lends to: what a golden case says is said over this one. */
export const SOUND_VALUES: Values = {
  ...(NOTHING_KNOWN as Values),
  age: 35,
  region: '31',
  identityVerified: true,
  termMonths: 12,
  amount: 5_000,
  monthlyIncome: 12_000,
  installmentShare: 0.1,
  employment: '4-to-7-years',
  housing: 'rent',
  property: 'life-insurance',
  purpose: 'used-car',
  residence: '4-to-7-years',
  blacklisted: false,
  checkingStatus: '200-and-more',
  creditHistory: 'all-paid-here',
  savings: '1000-and-more',
  existingCredits: '1',
  existingMonthlyDebt: 0,
  otherInstallmentPlans: 'none',
  threeFactors: 'match',
  fraudScore: 5,
  fraudReported: false,
};

const asked = {
  principal: { amount: '5000.00', currency: 'CNY' },
  least: { amount: '100.00', currency: 'CNY' },
  installments: 12,
} as const;

/** A name that the catalogue does not have, or a value that it does not allow. */
const faultIn = ({ features }: GoldenCase): string | undefined => {
  for (const [name, value] of Object.entries(features)) {
    const known = FEATURE_NAMES.find((each) => each === name);
    if (known === undefined) return `there is no feature "${name}"`;
    if (value !== null && !isValueOf(known, value)) return `"${name}" cannot be ${JSON.stringify(value)}`;
  }
  return undefined;
};

const differenceFrom = ({ expect }: GoldenCase, { outcome, reasons, basis }: Conclusion): string | undefined => {
  if (outcome !== expect.outcome) return `comes out as ${outcome} (${reasons.join(', ')}), not as ${expect.outcome}`;
  if (expect.segment !== undefined && basis.segment !== expect.segment) return `is in segment ${basis.segment}`;
  if (expect.price !== undefined && basis.grant?.price !== expect.price) return `has price ${basis.grant?.price}`;
  if (expect.reason !== undefined && !reasons.includes(expect.reason)) return `has the reasons ${reasons.join(', ')}`;
  return undefined;
};

const runGolden = async (golden: GoldenCase, policy: CompiledPolicy): Promise<string | undefined> => {
  const fault = faultIn(golden);
  if (fault !== undefined) return fault;
  const { product = 'golden', channel = 'app', arm } = golden;
  // Names and values were found to be the catalogue's own.
  const features = { ...SOUND_VALUES, ...golden.features } as Values;
  const [first] = Object.values(policy.document.strategies).flatMap(({ arms }) => arms);
  const given = { borrowerId: 'borrower-golden', product, channel, asked, features };
  return differenceFrom(golden, await decide(given, policy, { arm: arm ?? first?.name }));
};

/** What is wrong with a policy, its golden cases included; nothing, when it can be trusted to decide. */
export const checkPolicy = async (document: PolicyDocument, models: ModelShelf): Promise<readonly RuleFinding[]> => {
  const findings = checkDocument(document, models);
  if (findings.length > 0) return findings;
  const policy = compilePolicy({ document, hash: policyHash(document), version: 0 }, models);
  const faults: RuleFinding[] = [];
  for (const golden of document.golden) {
    const detail = await runGolden(golden, policy);
    if (detail !== undefined) faults.push({ place: `golden/${golden.name}`, code: 'GOLDEN', detail });
  }
  return faults;
};
