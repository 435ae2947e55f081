import { assert, type MoneyText } from '../../domain/kernel';
import { BEHAVIOUR_NAMES, type BehaviourName } from './behaviour';

/** Amounts that make the payment channel misbehave with whoever asks for them, whatever its settings say. */
export const MAGIC_AMOUNTS = {
  refuse: '7001.01',
  slow: '7001.02',
  hang: '7001.03',
  'timeout-after-doing': '7001.04',
  'timeout-before-doing': '7001.05',
  'settle-late': '7001.06',
  callback: '7001.07',
  'server-error': '7001.08',
  reset: '7001.09',
  garbage: '7001.10',
  unsigned: '7001.11',
  'badly-signed': '7001.12',
  oversized: '7001.13',
  trickle: '7001.14',
} as const satisfies Record<Exclude<BehaviourName, 'approve'>, string>;

const byAmount: ReadonlyMap<string, BehaviourName> = new Map(
  Object.entries(MAGIC_AMOUNTS).map(([behaviour, amount]) => [amount, behaviour as BehaviourName]),
);

export const behaviourOfAmount = (amount: MoneyText): BehaviourName | undefined => byAmount.get(amount.amount);

/** What an identity document can make the sources say, besides making it misbehave. */
const MAGIC_FINDINGS = ['mismatch', 'unknown', 'blacklisted', 'fraud-reported', 'enforced'] as const;
export type MagicFinding = (typeof MAGIC_FINDINGS)[number];

/** Beijing, born on 7 July 1985; no generator will hit these by chance. */
const MAGIC_PERSON = '11010119850707';
const CHECK_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** The check digit of a Chinese ID number (GB 11643-1999, ISO 7064 MOD 11-2) over its first 17 digits. */
const withCheckDigit = (digits: string): string => {
  const sum = CHECK_WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
  return digits + CHECK_DIGITS.charAt(sum % 11);
};

const numbered = <Wanted>(wanted: readonly Wanted[], order: number): [Wanted, string][] =>
  wanted.map((name, index) => [name, withCheckDigit(MAGIC_PERSON + (order + index))]);

const idNumbers = new Map<BehaviourName | MagicFinding, string>([
  ...numbered(BEHAVIOUR_NAMES, 900),
  ...numbered(MAGIC_FINDINGS, 980),
]);

/** A valid ID number whose bearer gets this behaviour from the bureau, or this finding in its answer. */
export const magicIdNumber = (wanted: BehaviourName | MagicFinding): string => {
  const idNumber = idNumbers.get(wanted);
  assert(idNumber !== undefined, `no magic ID number for ${wanted}`);
  return idNumber;
};

export const behaviourOfIdNumber = (idNumber: string): BehaviourName | undefined =>
  BEHAVIOUR_NAMES.find((name) => idNumbers.get(name) === idNumber);

export const findingOfIdNumber = (idNumber: string): MagicFinding | undefined =>
  MAGIC_FINDINGS.find((name) => idNumbers.get(name) === idNumber);
