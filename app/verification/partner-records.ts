import type { Finding, LoggedFact } from '../../domain/invariants';
import { compareMoney, type MoneyText, parseMoney } from '../../domain/kernel';

/** An instruction that a partner has carried out: the effect id that it was asked under, and the amount. */
interface CarriedOut {
  readonly key: string;
  /** Of what moves no money (an account that is opened or frozen) there is none. */
  readonly amount?: MoneyText;
}

/** What those who move money for us have on record, of their own. */
export interface PartnerRecords {
  readonly payouts: readonly CarriedOut[];
  readonly debits: readonly CarriedOut[];
  readonly custody: readonly CarriedOut[];
}

interface Instructed {
  readonly stream: string;
  readonly amount: MoneyText | undefined;
  /** The partner may have carried out a part of it. */
  readonly mayBePartial: boolean;
  /** What has settled. */
  settled?: string;
}

/** Whether a partner may have carried out so much of an instruction: what settled of it, where that is known. */
const fits = ({ amount, mayBePartial, settled }: Instructed, carriedOut: MoneyText | undefined): boolean => {
  if (carriedOut === undefined || amount === undefined) return carriedOut === amount;
  if (settled !== undefined) return carriedOut.amount === settled;
  return mayBePartial
    ? compareMoney(parseMoney(carriedOut), parseMoney(amount)) <= 0
    : carriedOut.amount === amount.amount;
};

/**
 * Holds our instructions against what partners have carried out: nothing that was not instructed, nothing of another
 * amount, one payout or debit under one of its instructions only, and all that we believe to have settled.
 */
export class Instructions {
  readonly #known = new Map<string, Instructed>();

  take(fact: LoggedFact): void {
    switch (fact.type) {
      case 'PayoutSubmitted':
      case 'RepaymentInitiated': {
        const { effectId, amount } = fact.data;
        const mayBePartial = fact.type === 'RepaymentInitiated' && fact.data.mayBePartial === true;
        this.#known.set(effectId, { stream: fact.stream, amount, mayBePartial });
        return;
      }
      case 'CustodyInstructionSubmitted': {
        const { effectId, order } = fact.data;
        const amount = 'amount' in order ? order.amount : undefined;
        this.#known.set(effectId, { stream: fact.stream, amount, mayBePartial: false });
        return;
      }
      case 'CustodyInstructionSettled': {
        const instructed = this.#known.get(fact.data.effectId);
        if (instructed !== undefined) instructed.settled = instructed.amount?.amount ?? '';
        return;
      }
      case 'PayoutSettled':
      case 'RepaymentSettled': {
        const instructed = this.#known.get(fact.data.effectId);
        if (instructed !== undefined) instructed.settled = fact.data.amount.amount;
        return;
      }
      default:
    }
  }

  findings({ payouts, debits, custody }: PartnerRecords): readonly Finding[] {
    const records = [...payouts, ...debits, ...custody];
    const findings: Finding[] = [];
    const tell = (stream: string, detail: string): void => {
      findings.push({ invariant: 'I-28', stream, detail });
    };
    const carriedOut = new Map<string, string>();
    for (const { key, amount } of records) {
      const instructed = this.#known.get(key);
      if (instructed === undefined) {
        tell(key, 'a partner carried out what was never instructed');
        continue;
      }
      const { stream } = instructed;
      const before = carriedOut.get(stream);
      carriedOut.set(stream, key);
      if (before !== undefined) tell(stream, `was carried out as ${before} and as ${key}`);
      if (fits(instructed, amount)) continue;
      tell(stream, `${amount?.amount} instead of ${instructed.settled ?? instructed.amount?.amount}`);
    }
    const keys = new Set(records.map(({ key }) => key));
    for (const [key, { stream, settled }] of this.#known) {
      if (settled !== undefined && !keys.has(key)) tell(stream, `${key} settled, no partner knows of it`);
    }
    return findings;
  }
}
