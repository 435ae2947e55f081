import { type Currency, currencySchema, type MoneyText } from '../domain/kernel';
import type { BookRole, PortionsText } from '../domain/loan';
import { type Fact, type HouseProjection, minus, nought, plus } from './house-projection';

/** What all loans of a currency owe, by portion, added up from the loans themselves: the sub-ledger's side. */
export interface ReceivablesDoc {
  readonly currency: Currency;
  readonly portions: PortionsText;
  /** Held for borrowers. */
  readonly credit: MoneyText;
}

/** What a fact of a loan's account says of the books. */
const bookedBy = ({ data }: Fact) => ('journal' in data ? data : undefined);

const foldReceivables = (doc: ReceivablesDoc, event: Fact): ReceivablesDoc => {
  const booked = bookedBy(event);
  if (booked === undefined) return doc;
  const moved = (balance: MoneyText, role: BookRole, up: 'debit' | 'credit'): MoneyText => {
    const { debit, credit } = booked.journal;
    const [more, less] = up === 'debit' ? [debit, credit] : [credit, debit];
    const { currency } = doc;
    const [added, taken] = [more?.[role], less?.[role]];
    const raised = added === undefined ? balance : plus(balance, { amount: added, currency });
    return taken === undefined ? raised : minus(raised, { amount: taken, currency });
  };
  const { penalty, fee, interest, principal } = doc.portions;
  return {
    ...doc,
    portions: {
      penalty: moved(penalty, 'penalty-receivable', 'debit'),
      fee: moved(fee, 'fee-receivable', 'debit'),
      interest: moved(interest, 'interest-receivable', 'debit'),
      principal: moved(principal, 'principal-receivable', 'debit'),
    },
    credit: moved(doc.credit, 'overpayments', 'credit'),
  };
};

/** The sub-ledger of all loans in one document per currency; the general ledger must say the same. */
export const receivables: HouseProjection<ReceivablesDoc> = {
  name: 'receivables',
  version: 2,
  categories: ['loan'],
  indexes: {},
  keys: (event) => {
    const booked = bookedBy(event);
    return booked ? [booked.outstanding.currency] : [];
  },
  fold: (doc, event, key) => {
    if (doc) return foldReceivables(doc, event);
    const currency = currencySchema.parse(key);
    const none = nought(currency);
    const portions = { penalty: none, fee: none, interest: none, principal: none };
    return foldReceivables({ currency, portions, credit: none }, event);
  },
};
