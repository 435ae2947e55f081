import { type Currency, formatMinor, isZero, type MoneyText, parseMoney } from '../domain/kernel';
import type { ArrearsBucket, Portion } from '../domain/loan';
import type { Schedule } from '../domain/schedule';
import { type Fact, type HouseProjection, minus, nought, plus } from './house-projection';

export const LOAN_STATUSES = ['opened', 'active', 'closed', 'written_off', 'cancelled'] as const;
type LoanStatus = (typeof LOAN_STATUSES)[number];

/**
 * One installment: what it asks for (as it was booked, with penalty as it is charged, and less interest that an early
 * payoff has saved), and what of it has been paid. Amounts are decimal texts in the loan's currency.
 */
export interface InstallmentDoc {
  readonly n: number;
  readonly due: string;
  readonly scheduled: Readonly<Record<Portion, string>>;
  readonly paid: Readonly<Record<Portion, string>>;
  readonly fellDue: boolean;
}

export interface LoanDoc {
  readonly id: string;
  readonly applicationId: string;
  readonly borrowerId: string;
  readonly productId: string;
  readonly status: LoanStatus;
  readonly principal: MoneyText;
  readonly termMonths: number;
  readonly allInRate: string;
  readonly ratePerYear: string;
  readonly principalOutstanding: MoneyText;
  readonly disbursedOn?: string;
  readonly closedOn?: string;
  readonly bucket: ArrearsBucket;
  readonly daysPastDue: number;
  readonly installments: readonly InstallmentDoc[];
  readonly repayments: readonly {
    readonly id: string;
    readonly on: string;
    readonly amount: MoneyText;
    readonly unapplied: MoneyText;
  }[];
  /** Held for the borrower: more was paid than was owed. */
  readonly credit: MoneyText;
}

const NOTHING: Readonly<Record<Portion, string>> = { penalty: '0', fee: '0', interest: '0', principal: '0' };

const installmentsOf = ({ rows, currency }: Schedule): readonly InstallmentDoc[] => {
  const none = formatMinor(0n, currency);
  const paid = { penalty: none, fee: none, interest: none, principal: none };
  return rows.map(({ n, due, fee, interest, principal }) => ({
    n,
    due,
    scheduled: { ...NOTHING, penalty: none, fee, interest, principal },
    paid,
    fellDue: false,
  }));
};

const addTo = (
  parts: Readonly<Record<Portion, string>>,
  portion: Portion,
  amount: string,
  currency: Currency,
): Readonly<Record<Portion, string>> => ({
  ...parts,
  [portion]: plus({ amount: parts[portion], currency }, { amount, currency }).amount,
});

const changed = (
  doc: LoanDoc,
  number: number,
  change: (installment: InstallmentDoc) => InstallmentDoc,
): readonly InstallmentDoc[] => doc.installments.map((row) => (row.n === number ? change(row) : row));

/** Interest that a payoff saves will never be asked for: the plan no longer shows it as owed. */
const forgoing = (rows: readonly InstallmentDoc[], forgone: MoneyText): readonly InstallmentDoc[] =>
  isZero(parseMoney(forgone))
    ? rows
    : rows.map((row) => (row.fellDue ? row : { ...row, scheduled: { ...row.scheduled, interest: row.paid.interest } }));

const applyRepayment = (doc: LoanDoc, data: Extract<Fact, { type: 'RepaymentApplied' }>['data']): LoanDoc => {
  const { currency } = doc.principal;
  const installments = data.lines.reduce(
    (rows, { installment, portion, amount }) =>
      rows.map((row) =>
        row.n === installment ? { ...row, paid: addTo(row.paid, portion, amount.amount, currency) } : row,
      ),
    doc.installments,
  );
  return {
    ...doc,
    installments: forgoing(installments, data.interestForgone),
    principalOutstanding: data.principalOutstanding,
    credit: plus(doc.credit, data.unapplied),
    repayments: [
      ...doc.repayments,
      { id: data.repaymentId, on: data.valueDate, amount: data.amount, unapplied: data.unapplied },
    ],
  };
};

const foldLoan = (doc: LoanDoc, event: Fact): LoanDoc => {
  switch (event.type) {
    case 'LoanDisbursed': {
      const { valueDate, schedule, amount } = event.data;
      return {
        ...doc,
        status: 'active',
        disbursedOn: valueDate,
        principalOutstanding: amount,
        installments: installmentsOf(schedule),
      };
    }
    case 'InstallmentFellDue':
      return { ...doc, installments: changed(doc, event.data.installment, (row) => ({ ...row, fellDue: true })) };
    case 'PenaltyCharged': {
      const { installment, amount } = event.data;
      return {
        ...doc,
        installments: changed(doc, installment, (row) => ({
          ...row,
          scheduled: addTo(row.scheduled, 'penalty', amount.amount, amount.currency),
        })),
      };
    }
    case 'ArrearsBucketChanged':
      return { ...doc, bucket: event.data.to, daysPastDue: event.data.daysPastDue };
    case 'RepaymentApplied':
      return applyRepayment(doc, event.data);
    case 'LoanClosed':
      return { ...doc, status: 'closed', closedOn: event.data.closedOn, bucket: 'current', daysPastDue: 0 };
    case 'LoanWrittenOff':
      return {
        ...doc,
        status: 'written_off',
        closedOn: event.data.valueDate,
        principalOutstanding: minus(doc.principalOutstanding, event.data.amounts.principal),
      };
    case 'LoanCancelled':
      return { ...doc, status: 'cancelled' };
    default:
      return doc;
  }
};

/** Each loan as it stands: plan, payments, arrears. */
export const loans: HouseProjection<LoanDoc> = {
  name: 'loans',
  version: 1,
  categories: ['loan'],
  indexes: {
    byBorrower: ({ borrowerId, id }) => [borrowerId, id],
    byStatus: ({ status, id }) => [status, id],
    byBucket: ({ status, bucket, id }) => (status === 'active' ? [bucket, id] : undefined),
  },
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    if (event.type !== 'LoanOpened') return doc ? foldLoan(doc, event) : undefined;
    const { applicationId, borrowerId, productId, contract } = event.data;
    const { currency } = contract.principal;
    return {
      id: key,
      applicationId,
      borrowerId,
      productId,
      status: 'opened',
      principal: contract.principal,
      termMonths: contract.termMonths,
      allInRate: contract.allInRate,
      ratePerYear: contract.terms.interest.ratePerYear,
      principalOutstanding: nought(currency),
      bucket: 'current',
      daysPastDue: 0,
      installments: [],
      repayments: [],
      credit: nought(currency),
    };
  },
};
