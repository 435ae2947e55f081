import { type Currency, currencySchema, type MoneyText } from '../domain/kernel';
import { type AllocationLine, PORTIONS, type Portion, type PortionsText } from '../domain/loan';
import { type Fact, type HouseProjection, minus, nought, plus } from './house-projection';

/** What all loans of a currency owe, by portion, added up from the loans themselves: the sub-ledger's side. */
export interface ReceivablesDoc {
  readonly currency: Currency;
  readonly portions: PortionsText;
  /** Held for borrowers. */
  readonly credit: MoneyText;
}

const EVENTS: ReadonlySet<Fact['type']> = new Set([
  'LoanDisbursed',
  'InstallmentFellDue',
  'PenaltyCharged',
  'RepaymentApplied',
  'LoanWrittenOff',
]);

const currencyOf = (event: Fact): Currency | undefined => {
  switch (event.type) {
    case 'LoanDisbursed':
    case 'PenaltyCharged':
    case 'RepaymentApplied':
      return event.data.amount.currency;
    case 'InstallmentFellDue':
      return event.data.principal.currency;
    case 'LoanWrittenOff':
      return event.data.amounts.principal.currency;
    default:
      return undefined;
  }
};

const raise = (portions: PortionsText, portion: Portion, by: MoneyText): PortionsText => ({
  ...portions,
  [portion]: plus(portions[portion], by),
});

const lower = (portions: PortionsText, portion: Portion, by: MoneyText): PortionsText => ({
  ...portions,
  [portion]: minus(portions[portion], by),
});

/** What was paid in advance had not become receivable, but for principal, which is receivable from the start. */
const wasReceivable = ({ portion, inAdvance }: AllocationLine): boolean => portion === 'principal' || !inAdvance;

const foldReceivables = (doc: ReceivablesDoc, event: Fact): ReceivablesDoc => {
  switch (event.type) {
    case 'LoanDisbursed':
      return { ...doc, portions: raise(doc.portions, 'principal', event.data.amount) };
    case 'InstallmentFellDue': {
      const { interest, fee } = event.data;
      return { ...doc, portions: raise(raise(doc.portions, 'interest', interest), 'fee', fee) };
    }
    case 'PenaltyCharged':
      return { ...doc, portions: raise(doc.portions, 'penalty', event.data.amount) };
    case 'RepaymentApplied': {
      const { lines, unapplied } = event.data;
      const portions = lines
        .filter(wasReceivable)
        .reduce((held, { portion, amount }) => lower(held, portion, amount), doc.portions);
      return { ...doc, portions, credit: plus(doc.credit, unapplied) };
    }
    case 'LoanWrittenOff': {
      const { amounts } = event.data;
      return {
        ...doc,
        portions: PORTIONS.reduce((held, portion) => lower(held, portion, amounts[portion]), doc.portions),
      };
    }
    default:
      return doc;
  }
};

/** The sub-ledger of all loans in one document per currency; the general ledger must say the same. */
export const receivables: HouseProjection<ReceivablesDoc> = {
  name: 'receivables',
  version: 1,
  categories: ['loan'],
  indexes: {},
  keys: (event) => {
    const currency = EVENTS.has(event.type) ? currencyOf(event) : undefined;
    return currency ? [currency] : [];
  },
  fold: (doc, event, key) => {
    if (doc) return foldReceivables(doc, event);
    const currency = currencySchema.parse(key);
    const none = nought(currency);
    const portions = { penalty: none, fee: none, interest: none, principal: none };
    return foldReceivables({ currency, portions, credit: none }, event);
  },
};
