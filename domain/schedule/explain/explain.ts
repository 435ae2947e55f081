import { type Day, dateOf } from '../../calendar';
import { formatMinor, unreachable } from '../../kernel';
import type { LoanTerms } from '../loan-terms';
import type { AccountInstallment, LoanAccount, LoanAgreement, LoanFact, PortionAmounts } from '../replay';
import { replayLoan } from '../replay-loan';
import * as cumulative from './cumulative';
import type { ExplainedFigures, InstallmentExplanation, NamedFact, PaymentText, PortionTexts } from './explanation';
import { type Pen, penOf } from './pen';
import * as progressive from './progressive';

/**
 * Where the figures of the n-th installment of a loan on a day come from. Worked out on demand, from the same facts and
 * by the same engine as the account: slower than that, and never different from it. Undefined where there is no such
 * installment.
 * @throws InvariantError where the steps of an explanation do not lead to its figure.
 */
export const explainInstallment = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
  n: number,
): InstallmentExplanation | undefined => {
  const pen = penOf(terms);
  const figures = figuresOf(terms, agreement, facts, asOf, n, pen);
  if (figures === undefined) return undefined;
  const account = replayLoan(terms, agreement, facts, asOf);
  const installment = account.installments[n - 1];
  if (installment === undefined) return undefined;
  const told = { ...figures, ...standing(account, installment, pen) };
  return {
    currency: terms.currency,
    asOf: dateOf(asOf),
    n,
    count: account.installments.length,
    kind: installment.kind,
    from: dateOf(installment.from),
    due: dateOf(installment.due),
    days: installment.due - installment.from,
    conventions: conventionsOf(terms),
    ...told,
    facts: namedFacts(told, facts, terms),
  };
};

const figuresOf = (
  terms: LoanTerms,
  agreement: LoanAgreement,
  facts: readonly LoanFact[],
  asOf: Day,
  n: number,
  pen: Pen,
): ExplainedFigures | undefined => {
  switch (terms.planning) {
    case 'progressive': {
      const witness = progressive.witnessed(terms, agreement, facts, asOf);
      return witness && progressive.explained(witness, n, pen);
    }
    case 'cumulative': {
      const books = cumulative.noted(terms, agreement, facts, asOf);
      return books && cumulative.explained(books, n, pen);
    }
    default:
      return unreachable(terms.planning);
  }
};

const conventionsOf = ({
  planning,
  rounding,
  rate,
  interest,
  amortization,
  recalculation,
  penalty,
}: LoanTerms): InstallmentExplanation['conventions'] => ({
  planning,
  rounding,
  rate,
  interest,
  amortization,
  ...(recalculation !== undefined && { recalculation }),
  penalty,
});

type Standing = Pick<
  InstallmentExplanation,
  'total' | 'balance' | 'paid' | 'waived' | 'writtenOff' | 'outstanding' | 'payments'
>;

const standing = (account: LoanAccount, installment: AccountInstallment, pen: Pen): Standing => {
  const { owed, paid, waived, writtenOff, balance, n } = installment;
  const left = (portion: keyof PortionAmounts): bigint =>
    owed[portion] - paid[portion] - waived[portion] - writtenOff[portion];
  const asked = account.installments.slice(0, n).reduce((sum, each) => sum + each.owed.principal, 0n);
  return {
    total: pen.money(owed.principal + owed.interest + owed.fee + owed.penalty),
    balance: pen.figure(balance, [
      { does: 'add', why: 'paid-out', amount: balance + asked },
      { does: 'subtract', why: 'asked-so-far', amount: asked },
    ]),
    paid: portionsOf(paid, pen),
    waived: portionsOf(waived, pen),
    writtenOff: portionsOf(writtenOff, pen),
    outstanding: portionsOf(
      { principal: left('principal'), interest: left('interest'), fee: left('fee'), penalty: left('penalty') },
      pen,
    ),
    payments: paymentsOf(account, n, pen),
  };
};

const portionsOf = ({ principal, interest, fee, penalty }: PortionAmounts, pen: Pen): PortionTexts => ({
  principal: pen.money(principal),
  interest: pen.money(interest),
  fee: pen.money(fee),
  penalty: pen.money(penalty),
});

const paymentsOf = ({ transactions }: LoanAccount, n: number, pen: Pen): PaymentText[] =>
  transactions.flatMap(({ fact, kind, on, lines }) =>
    lines
      .filter(({ installment }) => installment === n)
      .map(({ portion, amount, state }) => ({
        fact,
        kind,
        on: dateOf(on),
        portion,
        amount: pen.money(amount),
        state,
      })),
  );

/** The facts whose ids occur anywhere in an explanation, in the order in which they became known. */
const namedFacts = (told: object, facts: readonly LoanFact[], { currency }: LoanTerms): NamedFact[] => {
  const ids = new Set<string>();
  const collect = (value: unknown, key?: string): void => {
    if (typeof value === 'string' && (key === 'fact' || key === 'facts' || key === 'name')) ids.add(value);
    else if (Array.isArray(value)) for (const each of value) collect(each, key);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) collect(member, name);
    }
  };
  collect(told);
  return facts
    .filter(({ id }) => ids.has(id))
    .map((fact) => ({
      id: fact.id,
      kind: fact.kind,
      on: dateOf(fact.on),
      knownOn: dateOf(fact.knownOn),
      ...('amount' in fact && { amount: formatMinor(fact.amount, currency) }),
    }));
};
