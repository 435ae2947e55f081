import type { CustodyOwner } from '../domain/custody';
import type { Currency, MoneyText } from '../domain/kernel';
import { type Fact, type HouseProjection, minus, nought, plus } from './house-projection';

export interface CustodyAccountDoc {
  readonly id: string;
  readonly status: 'open' | 'frozen';
  readonly owner: CustodyOwner;
  readonly currency: Currency;
  /** The account's number at the bank. */
  readonly bankReference: string;
  readonly openedOn: string;
  /** Why it is frozen. */
  readonly frozenFor?: string;
  /** What instructions have moved in less what they have moved out; payment channels move the house's account too. */
  readonly byInstructions: MoneyText;
}

const accountsMoved = ({ order }: Extract<Fact, { type: 'CustodyInstructionSettled' }>['data']): readonly string[] => {
  if (!('amount' in order)) return [];
  return order.kind === 'transfer' ? [order.accountId, order.to] : [order.accountId];
};

const moved = (doc: CustodyAccountDoc, event: Extract<Fact, { type: 'CustodyInstructionSettled' }>) => {
  const { order } = event.data;
  if (!('amount' in order)) return doc;
  const comesIn = order.kind === 'top-up' || (order.kind === 'transfer' && order.to === doc.id);
  return { ...doc, byInstructions: (comesIn ? plus : minus)(doc.byInstructions, order.amount) };
};

/** Accounts at the custody bank, as the bank has said they stand. */
export const custodyAccounts: HouseProjection<CustodyAccountDoc> = {
  name: 'custody-accounts',
  version: 1,
  categories: ['custody', 'instruction'],
  indexes: { byId: ({ id }) => [id] },
  keys: (event) => {
    if (event.stream.startsWith('custody-')) return [event.stream];
    return event.type === 'CustodyInstructionSettled' ? accountsMoved(event.data) : [];
  },
  fold: (doc, event, key) => {
    if (event.type === 'CustodyAccountOpened') {
      const { owner, currency, bankReference, on } = event.data;
      const byInstructions = nought(currency);
      return { id: key, status: 'open', owner, currency, bankReference, openedOn: on, byInstructions };
    }
    if (doc === undefined) return undefined;
    switch (event.type) {
      case 'CustodyAccountFrozen':
        return { ...doc, status: 'frozen', frozenFor: event.data.reason };
      case 'CustodyAccountUnfrozen': {
        const { frozenFor: _, ...open } = doc;
        return { ...open, status: 'open' };
      }
      case 'CustodyInstructionSettled':
        return moved(doc, event);
      default:
        return doc;
    }
  },
};
