import { z } from 'zod';
import { type Day, dateOf } from '../../calendar';
import { businessDateSchema, currencySchema } from '../../kernel';
import type { AllocationRules, CreditKind, LoanTerms } from '../loan-terms';
import { allocationRulesSchema } from '../loan-terms';
import type { AccountTransaction, LoanAccount, LoanAgreement, LoanFact } from '../replay';
import { replayLoan } from '../replay-loan';
import { amountSchema } from './calculation';
import { penOf } from './pen';

/** Where the money of a movement went, in the order in which it was divided, and the rule of that. */
export const transactionExplanationSchema = z
  .strictObject({
    currency: currencySchema,
    asOf: businessDateSchema,
    fact: z.string(),
    kind: z.string(),
    on: businessDateSchema,
    knownOn: businessDateSchema,
    amount: amountSchema,
    /** It was taken back, and counts for nothing. */
    undone: z.boolean(),
    /** How money of its kind is divided: the order of that kind, or that of all which have none of their own. */
    rule: allocationRulesSchema,
    lines: z.array(
      z.strictObject({
        installment: z.int().min(1),
        due: businessDateSchema,
        state: z.enum(['past-due', 'due', 'in-advance']),
        portion: z.enum(['principal', 'interest', 'fee', 'penalty']),
        amount: amountSchema,
        /** Of the money, once that was paid. */
        left: amountSchema,
      }),
    ),
    /** Nothing was left to pay with it: held for the borrower. */
    overpaid: amountSchema,
    /** Principal outstanding after it. */
    balance: amountSchema,
  })
  .meta({ id: 'TransactionExplanation', description: 'Where the money of a movement went, and by which rule.' });
export type TransactionExplanation = z.infer<typeof transactionExplanationSchema>;

/** How the money of a fact was divided, as of a day. Undefined where no such fact moved any by then. */
export const explainTransaction = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
  id: string,
): TransactionExplanation | undefined => {
  const account = replayLoan(terms, agreement, facts, asOf);
  const transaction = account.transactions.find(({ fact }) => fact === id);
  const fact = facts.find((each) => each.id === id);
  if (transaction === undefined || fact === undefined) return undefined;
  const pen = penOf(terms);
  const { kind, on, amount, undone, overpaid, balance } = transaction;
  return {
    currency: terms.currency,
    asOf: dateOf(asOf),
    fact: id,
    kind,
    on: dateOf(on),
    knownOn: dateOf(fact.knownOn),
    amount: pen.money(amount),
    undone,
    rule: ruleFor(terms.allocation, creditOf(fact)),
    lines: linesOf(account, transaction, pen.money),
    overpaid: pen.money(overpaid),
    balance: pen.money(balance),
  };
};

const creditOf = (fact: LoanFact): CreditKind => {
  if (fact.kind === 'credit') return fact.credit;
  return fact.kind === 'charge-adjustment' ? fact.kind : 'repayment';
};

/** The one order that counts for a kind of money. */
const ruleFor = (rules: AllocationRules, credit: CreditKind): AllocationRules => {
  if (rules.kind === 'named') return rules;
  const own = rules.orders.find((order) => order.credit === credit);
  const chosen = own ?? rules.orders.find((order) => order.credit === undefined) ?? rules.orders[0];
  return chosen === undefined ? rules : { ...rules, orders: [chosen] };
};

const linesOf = (
  { installments }: LoanAccount,
  { amount, lines }: AccountTransaction,
  money: (minor: bigint) => string,
): TransactionExplanation['lines'] => {
  let left = amount;
  return lines.flatMap(({ installment, portion, amount: paid, state }) => {
    const due = installments[installment - 1]?.due;
    if (due === undefined) return [];
    left -= paid;
    return [{ installment, due: dateOf(due), state, portion, amount: money(paid), left: money(left) }];
  });
};
