import type { DependencyContainer } from 'tsyringe';
import { aggregates, loansDrawn } from '../commands';
import type { BorrowerId } from '../domain/kernel';
import { projections } from '../projections';
import type { ApplicationField } from '../risk';
import { requiredFields } from '../risk/decision';
import { historyOf } from '../risk/features';
import type { Requirements } from '../write-api';
import { TOKENS, the } from './tokens';

const DEALINGS_MOST = 500;

/** The house has had nothing to do with them: what is asked of all of these is the same. */
const STRANGER = historyOf([], '', 0, 'CNY');

/** What this borrower has to supply with an application, and what need not be supplied because the house knows it. */
export const requirementsOf = (house: DependencyContainer): ((borrower: BorrowerId) => Promise<Requirements>) => {
  const [bus, queries, policies] = [
    the(house, TOKENS.commandBus),
    the(house, TOKENS.queries),
    the(house, TOKENS.policies),
  ];
  /** Of strangers, by the version of the policy. */
  const ofStrangers = new Map<string, Promise<readonly ApplicationField[]>>();

  /** Their last application: what they had to say then is what the house knows. */
  const knownOf = async (borrower: BorrowerId): Promise<Requirements['known']> => {
    const { items } = await queries
      .reader(projections.applications)
      .query({ index: 'byBorrower', equals: [borrower], order: 'descending', limit: 1 });
    const [last] = items;
    if (last === undefined) return undefined;
    const { state } = await bus.load(aggregates.application, last.key);
    return state.status === 'none' ? undefined : { cardId: state.cardId, declaration: state.declaration };
  };

  return async (borrower) => {
    const { active } = await policies.inForce();
    if ((await loansDrawn(bus, borrower)) === 0) {
      const fields = ofStrangers.get(active.hash) ?? requiredFields(active, STRANGER);
      ofStrangers.set(active.hash, fields);
      return { required: await fields, known: undefined };
    }
    const dealings = await queries
      .reader(projections.dealings)
      .query({ index: 'byBorrower', equals: [borrower], order: 'descending', limit: DEALINGS_MOST });
    const now = the(house, TOKENS.clock).now();
    const history = historyOf(
      dealings.items.map(({ doc }) => doc),
      '',
      now,
      'CNY',
    );
    return { required: await requiredFields(active, history), known: await knownOf(borrower) };
  };
};
