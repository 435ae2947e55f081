import type { Instant, LoanId } from '../../domain/kernel';
import type { AccountText } from '../../domain/loan';
import { table } from './output';

const PORTIONS = ['principal', 'interest', 'fee', 'penalty'] as const;

/** A loan on a day as a page: balances, arrears, plan, movements, and the facts that all of it was made of. */
export const loanLines = (loanId: LoanId, account: AccountText, knownAt: Instant | undefined): readonly string[] => {
  const { asOf, currency, status, bucket, daysPastDue, outstanding, overdue, overpaid } = account;
  const known = knownAt === undefined ? 'by all that is known' : `as known at ${knownAt}`;
  return [
    `${loanId} as of ${asOf}, ${known}; amounts in ${currency}`,
    `${status}, ${bucket} (${daysPastDue} days past due), overpaid ${overpaid}`,
    '',
    table(
      ['', ...PORTIONS],
      [
        ['outstanding', ...PORTIONS.map((portion) => outstanding[portion].amount)],
        ['overdue', ...PORTIONS.map((portion) => overdue[portion].amount)],
      ],
    ),
    '',
    planTable(account),
    '',
    movementTable(account),
    '',
    'Facts known then',
    table(
      ['fact', 'kind', 'counts for', 'known on'],
      account.facts.map(({ id, kind, on, knownOn }) => [id, kind, on, knownOn]),
    ),
  ];
};

const planTable = ({ installments }: AccountText): string =>
  table(
    ['n', 'kind', 'due', ...PORTIONS, 'paid', 'left after it', 'met on'],
    installments.map(({ n, kind, due, owed, paid, balance, metOn = '' }) => [
      String(n),
      kind,
      due,
      ...PORTIONS.map((portion) => owed[portion] ?? ''),
      PORTIONS.flatMap((portion) => (paid?.[portion] === undefined ? [] : [`${portion} ${paid[portion]}`])).join(', '),
      balance,
      metOn,
    ]),
  );

const movementTable = ({ transactions }: AccountText): string =>
  table(
    ['on', 'movement', 'amount', 'went to', 'balance', 'fact'],
    transactions.map(({ on, kind, amount, lines, balance, undone, fact }) => [
      on,
      undone ? `${kind} (taken back)` : kind,
      amount,
      (lines ?? []).map(({ installment, portion, amount: part }) => `${installment} ${portion} ${part}`).join(', '),
      balance,
      fact,
    ]),
  );
