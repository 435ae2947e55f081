import { assert, type Currency, formatMinor, type MoneyText } from '../domain/kernel';
import type { AccountChange, ArrearsBucket, Portion } from '../domain/loan';
import { type Fact, type HouseProjection, minus, nought, plus } from './house-projection';

export const LOAN_STATUSES = [
  'opened',
  'active',
  'closed',
  'settled',
  'written_off',
  'charged_off',
  'cancelled',
] as const;
type LoanStatus = (typeof LOAN_STATUSES)[number];

type InstallmentChange = NonNullable<AccountChange['installments']>[number];
type Parts = Readonly<Record<Portion, string>>;

/** One installment: what it asks for, what of it is paid or remitted. Decimal texts in the loan's currency. */
export interface InstallmentDoc {
  readonly n: number;
  readonly kind: NonNullable<InstallmentChange['kind']>;
  readonly due: string;
  readonly scheduled: Parts;
  readonly paid: Parts;
  readonly remitted: Parts;
  readonly balance: string;
  readonly metOn?: string;
}

export interface LoanDoc {
  readonly id: string;
  readonly applicationId: string;
  readonly borrowerId: string;
  readonly productId: string;
  readonly status: LoanStatus;
  /** What was agreed; of a loan in tranches not all of it need be lent. */
  readonly principal: MoneyText;
  /** All that was paid out. */
  readonly lent: MoneyText;
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

const PORTIONS = ['penalty', 'fee', 'interest', 'principal'] as const;

const partsOf = (texts: InstallmentChange['paid'], currency: Currency): Parts => {
  const none = formatMinor(0n, currency);
  const { penalty = none, fee = none, interest = none, principal = none } = texts ?? {};
  return { penalty, fee, interest, principal };
};

const added = (one: Parts, other: Parts, currency: Currency): Parts => {
  const sum = { ...one };
  for (const portion of PORTIONS) {
    sum[portion] = plus({ amount: one[portion], currency }, { amount: other[portion], currency }).amount;
  }
  return sum;
};

/** An installment after a change: what that does not say is as before, or as of a row that is new. */
const installmentAfter = (
  before: InstallmentDoc | undefined,
  above: InstallmentDoc | undefined,
  change: InstallmentChange,
  currency: Currency,
): InstallmentDoc => {
  const { n, kind, owed, paid, remitted, metOn } = change;
  const due = change.due ?? before?.due;
  assert(due !== undefined, () => `row ${n} is told as if it were known`);
  const met = metOn === undefined ? before?.metOn : metOn;
  return {
    n,
    kind: kind ?? before?.kind ?? 'regular',
    due,
    scheduled: partsAfter(before?.scheduled, owed, currency),
    paid: partsAfter(before?.paid, paid, currency),
    remitted:
      remitted === undefined
        ? partsAfter(before?.remitted, undefined, currency)
        : added(partsOf(remitted.waived, currency), partsOf(remitted.writtenOff, currency), currency),
    balance: change.balance ?? untoldBalance(before, above, owed, currency),
    ...(typeof met === 'string' && { metOn: met }),
  };
};

const partsAfter = (before: Parts | undefined, told: InstallmentChange['paid'], currency: Currency): Parts =>
  told === undefined && before !== undefined ? before : partsOf(told, currency);

/** What a row leaves of what the one above it left; where it asks for nothing else than before, as before. */
const untoldBalance = (
  before: InstallmentDoc | undefined,
  above: InstallmentDoc | undefined,
  owed: InstallmentChange['owed'],
  currency: Currency,
): string => {
  const known = before ?? above;
  if (above === undefined || owed === undefined) return known?.balance ?? formatMinor(0n, currency);
  return minus({ amount: above.balance, currency }, { amount: partsOf(owed, currency).principal, currency }).amount;
};

const STATUS_OF: Readonly<Record<NonNullable<AccountChange['status']>, LoanStatus>> = {
  approved: 'opened',
  active: 'active',
  overpaid: 'closed',
  closed: 'closed',
  settled: 'settled',
  'written-off': 'written_off',
  'charged-off': 'charged_off',
};

type AccountFact = Extract<Fact, { readonly data: { readonly change: AccountChange } }>;
const isAccountFact = (event: Fact): event is AccountFact => 'change' in event.data && 'journal' in event.data;

const withChange = (doc: LoanDoc, { data }: AccountFact): LoanDoc => {
  const { change, principalOutstanding, valueDate } = data;
  const { currency } = doc.principal;
  return {
    ...doc,
    status: change.status === undefined ? doc.status : STATUS_OF[change.status],
    disbursedOn: doc.disbursedOn ?? valueDate,
    principalOutstanding,
    installments: installmentsAfter(doc.installments, change, currency),
    credit: change.overpaid === undefined ? doc.credit : { amount: change.overpaid, currency },
  };
};

const installmentsAfter = (
  before: LoanDoc['installments'],
  { count, installments: changes = [] }: AccountChange,
  currency: Currency,
): LoanDoc['installments'] => {
  const after = before.slice(0, count);
  for (const change of changes) {
    const at = change.n - 1;
    after[at] = installmentAfter(before[at], after[at - 1], change, currency);
  }
  return after;
};

const foldLoan = (doc: LoanDoc, event: Fact): LoanDoc => {
  switch (event.type) {
    case 'LoanDisbursed':
      return { ...withChange(doc, event), lent: plus(doc.lent, event.data.amount) };
    case 'RepaymentApplied': {
      const { repaymentId: id, valueDate: on, amount, unapplied } = event.data;
      return { ...withChange(doc, event), repayments: [...doc.repayments, { id, on, amount, unapplied }] };
    }
    case 'ArrearsBucketChanged':
      return { ...doc, bucket: event.data.to, daysPastDue: event.data.daysPastDue };
    case 'LoanClosed':
      return { ...doc, closedOn: event.data.closedOn, bucket: 'current', daysPastDue: 0 };
    case 'LoanReopened': {
      const { closedOn: _, ...open } = doc;
      return open;
    }
    case 'LoanWrittenOff':
      return { ...withChange(doc, event), closedOn: event.data.valueDate };
    case 'LoanCancelled':
      return { ...doc, status: 'cancelled' };
    default:
      return isAccountFact(event) ? withChange(doc, event) : doc;
  }
};

/** Each loan as it stands: plan, payments, arrears. */
export const loans: HouseProjection<LoanDoc> = {
  name: 'loans',
  version: 3,
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
    const { rate } = contract.terms;
    return {
      id: key,
      applicationId,
      borrowerId,
      productId,
      status: 'opened',
      principal: contract.principal,
      lent: nought(currency),
      allInRate: contract.allInRate,
      ratePerYear: rate.kind === 'fixed' ? rate.perYear : (rate.table.at(-1)?.perYear ?? rate.margin),
      principalOutstanding: nought(currency),
      bucket: 'current',
      daysPastDue: 0,
      installments: [],
      repayments: [],
      credit: nought(currency),
    };
  },
};
