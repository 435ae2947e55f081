import fc from 'fast-check';
import type { LoanAccount, LoanFact } from '../../domain/schedule/replay';

/** The same facts as they are on record when they arrive in another order, and an account of them by their old ids. */
export interface Arrival {
  readonly facts: readonly LoanFact[];
  readonly byOldIds: (account: LoanAccount) => LoanAccount;
}

/**
 * Facts in another order of arrival, with the ids and days of knowing that they get then. Those that count for one day
 * keep their order: it is the one in which they happened.
 */
export const otherArrivals = (facts: readonly LoanFact[]): fc.Arbitrary<Arrival> =>
  fc
    .shuffledSubarray([...facts.keys()], { minLength: facts.length })
    .map((order) => arrival(facts.toSorted(asKnown), order));

const asKnown = (one: LoanFact, other: LoanFact): number => one.knownOn - other.knownOn || (one.id < other.id ? -1 : 1);

const arrival = (known: readonly LoanFact[], order: readonly number[]): Arrival => {
  const waiting = new Map(known.map(({ on }) => [on, known.filter((fact) => fact.on === on)]));
  const arrived = order.flatMap((index) => waiting.get(known[index]?.on ?? Number.NaN)?.shift() ?? []);
  const since = Math.max(...known.map(({ knownOn }) => knownOn));
  const newIds = new Map(arrived.map(({ id }, index) => [id, `${String(index).padStart(3, '0')}.${id}`]));
  const oldIds = new Map([...newIds].map(([old, id]) => [id, old]));
  const old = <T extends { readonly fact: string }>(item: T): T => ({
    ...item,
    fact: oldIds.get(item.fact) ?? item.fact,
  });
  return {
    facts: arrived.map((fact, index) => ({
      ...fact,
      id: newIds.get(fact.id) ?? fact.id,
      knownOn: since + index,
      ...('of' in fact && { of: newIds.get(fact.of) ?? fact.of }),
    })),
    byOldIds: (account) => ({
      ...account,
      disbursements: account.disbursements.map(old),
      transactions: account.transactions.map(old),
      charges: account.charges.map(old),
    }),
  };
};
