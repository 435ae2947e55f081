import { formatMoney, type Money, type MoneyText, moneyOf, parseMoney } from '../../domain/kernel';
import type { AccountCode, TrialBalance } from '../../domain/ledger';
import { PORTIONS, type Portion } from '../../domain/loan';
import { unfound } from './by-channel';
import type { Figures, ReceivablesFigures, ReconciliationFigures } from './figures';
import { received } from './received';

/** Something that must hold and does not. */
export interface Finding {
  readonly check: 'trial-balance' | 'custody' | 'sub-ledger' | 'loans' | 'statements' | 'breaks';
  readonly detail: string;
}

/** What the loans, or what came in by itself, add up to beside the account that must say the same. */
export interface Comparison {
  readonly account: AccountCode;
  readonly what: Portion | 'held for borrowers' | 'in suspense';
  readonly subLedger: Money;
  readonly generalLedger: Money;
}

const RECEIVABLE: Readonly<Record<Portion, AccountCode>> = {
  principal: '1101',
  interest: '1102',
  fee: '1103',
  penalty: '1104',
};
const HELD: AccountCode = '2003';
const SUSPENSE: AccountCode = '2101';

const show = (money: Money | MoneyText): string => {
  const { amount, currency } = 'minor' in money ? formatMoney(money) : money;
  return `${amount} ${currency}`;
};

const balanceOf = (books: TrialBalance | undefined, account: AccountCode): bigint =>
  books?.rows.find((row) => row.account === account)?.balance.minor ?? 0n;

/** Sub-ledger against general ledger, account by account. */
export const comparisons = ({ receivables, receipts, trialBalances }: Figures): readonly Comparison[] =>
  receivables.flatMap(({ currency, portions, credit }: ReceivablesFigures) => {
    const books = trialBalances.find((balance) => balance.currency === currency);
    const compare = (what: Comparison['what'], account: AccountCode, text: MoneyText): Comparison => {
      const subLedger = parseMoney(text);
      return { account, what, subLedger, generalLedger: moneyOf(balanceOf(books, account), subLedger.currency) };
    };
    return [
      ...PORTIONS.map((portion) => compare(portion, RECEIVABLE[portion], portions[portion])),
      compare('held for borrowers', HELD, credit),
      compare('in suspense', SUSPENSE, received({ receipts }, credit.currency).suspense),
    ];
  });

const unbalanced = ({ trialBalances }: Figures): readonly Finding[] =>
  trialBalances
    .filter(({ debits, credits }) => debits.minor !== credits.minor)
    .map(({ debits, credits }) => ({
      check: 'trial-balance',
      detail: `debits of ${show(debits)} against credits of ${show(credits)}`,
    }));

/** Nothing is paid out that is not there; where nobody brings money in, there is no telling. */
const overdrawn = ({ trialBalances }: Figures): readonly Finding[] =>
  trialBalances.flatMap((books): Finding[] => {
    const cash = balanceOf(books, '1001');
    const broughtIn = books.rows.some(({ account }) => account === '3001');
    if (cash >= 0n || !broughtIn) return [];
    return [{ check: 'custody', detail: `${show(moneyOf(cash, books.currency))} at the custody bank` }];
  });

const disagreeing = (figures: Figures): readonly Finding[] =>
  comparisons(figures)
    .filter(({ subLedger, generalLedger }) => subLedger.minor !== generalLedger.minor)
    .map(({ account, what, subLedger, generalLedger }) => ({
      check: 'sub-ledger',
      detail: `${what}: ${what === 'in suspense' ? 'receipts' : 'the loans'} say ${show(subLedger)}, account ${account} says ${show(generalLedger)}`,
    }));

/** The loans one by one against the counts and sums of the house. */
const uncounted = ({ loans, portfolio, receivables }: Figures): readonly Finding[] => {
  const findings: Finding[] = [];
  const found = loans.filter(({ status }) => status !== 'opened' && status !== 'cancelled').length;
  const { disbursed } = portfolio.loans;
  if (found !== disbursed) findings.push({ check: 'loans', detail: `${disbursed} were disbursed, ${found} are there` });
  for (const { portions } of receivables) {
    const { currency } = portions.principal;
    const owed = loans
      .map(({ principalOutstanding }) => principalOutstanding)
      .filter((money) => money.currency === currency)
      .reduce((sum, money) => sum + parseMoney(money).minor, 0n);
    if (owed !== parseMoney(portions.principal).minor) {
      const detail = `principal outstanding of all loans is ${show(moneyOf(owed, currency))}, not ${show(portions.principal)}`;
      findings.push({ check: 'loans', detail });
    }
  }
  return findings;
};

const net = (sums: { readonly in: MoneyText; readonly out: MoneyText }): bigint =>
  parseMoney(sums.in).minor - parseMoney(sums.out).minor;

const nameOf = ({ channel, businessDate }: ReconciliationFigures): string => `${channel} ${businessDate}`;

/** Every statement is matched, its breaks account for the whole difference, and no channel's last one is missing. */
const unreconciled = ({ reconciliations, asOf, portfolio }: Figures): readonly Finding[] => {
  const finding = (detail: string): Finding => ({ check: 'statements', detail });
  if (reconciliations.length === 0) {
    return portfolio.loans.disbursed === 0 ? [] : [finding('money has moved and no statement was reconciled')];
  }
  const latest = new Map<string, string>();
  for (const { channel, businessDate } of reconciliations) {
    if (businessDate > (latest.get(channel) ?? '')) latest.set(channel, businessDate);
  }
  const late = [...latest]
    .filter(([, date]) => date < asOf)
    .map(([channel, date]) => finding(`the last statement of ${channel} is that of ${date}, not of ${asOf}`));
  const unmatched = reconciliations.flatMap((statement) => {
    if (statement.ours === undefined) return [finding(`${nameOf(statement)}: imported, but not matched`)];
    const difference = net(statement.ours) - net(statement.theirs);
    const broken = statement.breaks.reduce((sum, { difference: each }) => sum + parseMoney(each).minor, 0n);
    return difference === broken ? [] : [finding(`${nameOf(statement)}: the breaks do not add up to the difference`)];
  });
  return [...late, ...unmatched];
};

/** A break that nothing explains: not a day old, the next statement may put it right; older, it should have been. */
export const unexplained = ({ reconciliations, asOf }: Figures) => {
  const open = reconciliations.flatMap((statement) =>
    statement.breaks
      .filter(({ explanation }) => explanation === undefined)
      .map(({ breakId, difference }) => ({
        old: statement.businessDate < asOf,
        detail: `${nameOf(statement)}: ${breakId}, ${show(difference)}`,
      })),
  );
  return { awaiting: open.filter(({ old }) => !old), overdue: open.filter(({ old }) => old) };
};

/** Everything that does not hold; nothing, in a sound house. */
export const findingsIn = (figures: Figures): readonly Finding[] => [
  ...unbalanced(figures),
  ...overdrawn(figures),
  ...disagreeing(figures),
  ...uncounted(figures),
  ...unreconciled(figures),
  ...unfound(figures).map(
    ({ channel, reference, bookedOn }): Finding => ({
      check: 'breaks',
      detail: `${channel} ${bookedOn}: ${reference} was misstated, and no break was opened`,
    }),
  ),
  ...unexplained(figures).overdue.map(({ detail }): Finding => ({ check: 'breaks', detail })),
];
