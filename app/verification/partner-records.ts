import type { Finding, LoggedFact } from '../../domain/invariants';

/** An instruction that a partner has carried out: the effect id that it was asked under, and the amount. */
interface CarriedOut {
  readonly key: string;
  readonly amount: { readonly amount: string };
}

/** What those who move money for us have on record, of their own. */
export interface PartnerRecords {
  readonly payouts: readonly CarriedOut[];
  readonly debits: readonly CarriedOut[];
}

interface Instructed {
  readonly stream: string;
  readonly amount: string;
  settled: boolean;
}

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
        this.#known.set(effectId, { stream: fact.stream, amount: amount.amount, settled: false });
        return;
      }
      case 'PayoutSettled':
      case 'RepaymentSettled': {
        const instructed = this.#known.get(fact.data.effectId);
        if (instructed !== undefined) instructed.settled = true;
        return;
      }
      default:
    }
  }

  findings({ payouts, debits }: PartnerRecords): readonly Finding[] {
    const findings: Finding[] = [];
    const tell = (stream: string, detail: string): void => {
      findings.push({ invariant: 'I-28', stream, detail });
    };
    const carriedOut = new Map<string, string>();
    for (const { key, amount } of [...payouts, ...debits]) {
      const instructed = this.#known.get(key);
      if (instructed === undefined) {
        tell(key, 'a partner carried out what was never instructed');
        continue;
      }
      const { stream } = instructed;
      const before = carriedOut.get(stream);
      carriedOut.set(stream, key);
      if (before !== undefined) tell(stream, `was carried out as ${before} and as ${key}`);
      if (amount.amount !== instructed.amount) tell(stream, `${amount.amount} instead of ${instructed.amount}`);
    }
    const keys = new Set([...payouts, ...debits].map(({ key }) => key));
    for (const [key, { stream, settled }] of this.#known) {
      if (settled && !keys.has(key)) tell(stream, `${key} settled, no partner knows of it`);
    }
    return findings;
  }
}
