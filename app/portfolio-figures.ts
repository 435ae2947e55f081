import type { DependencyContainer } from 'tsyringe';
import { type BusinessDate, type Currency, parseMoney } from '../domain/kernel';
import { type AccountCode, trialBalance } from '../domain/ledger';
import type { ProjectionReader } from '../platform/processing';
import { PORTFOLIO_KEY, type PortfolioDoc, projections } from '../projections';
import type { Figures } from '../simulation';
import { isBad } from './loan-course';
import { TOKENS, the } from './tokens';

const NOTHING: PortfolioDoc = {
  borrowers: 0,
  applications: { submitted: 0, approved: 0, rejected: 0, referred: 0 },
  decisions: { count: 0, totalMs: 0, mostMs: 0 },
  loans: { disbursed: 0, closed: 0, writtenOff: 0, cancelled: 0 },
  disbursed: { amount: '0.00', currency: 'CNY' },
  repaid: { amount: '0.00', currency: 'CNY' },
};

export const all = async <Doc extends object>(documents: ProjectionReader<Doc>): Promise<readonly Doc[]> => {
  const found: Doc[] = [];
  for await (const page of documents.scan()) found.push(...page.map(({ value }) => value.doc));
  return found;
};

/** How each application was decided, and how its loan has gone since. */
const decisionsOf = async (house: DependencyContainer): Promise<Figures['decisions']> => {
  const queries = the(house, TOKENS.queries);
  const loans = new Map((await all(queries.reader(projections.loans))).map((loan) => [loan.applicationId, loan]));
  return (await all(queries.reader(projections.applications))).flatMap(({ id, decision, stage, offer }) => {
    if (decision?.basis === undefined || stage === 'under_review') return [];
    const { segment, arm } = decision.basis;
    const loan = loans.get(id);
    const wasLent = loan !== undefined && loan.status !== 'cancelled' && loan.status !== 'opened';
    const course = loan !== undefined && isBad(loan) ? 'bad' : 'good';
    return [
      {
        version: decision.policy.version,
        segment,
        arm,
        approved: offer !== undefined,
        loan: wasLent ? course : 'none',
      },
    ];
  });
};

/** What the house's read models say about the whole portfolio, for its summary; with what a sandbox has misstated. */
export const portfolioFigures = async (
  house: DependencyContainer,
  asOf: BusinessDate,
  planted: Figures['planted'] = [],
): Promise<Figures> => {
  const queries = the(house, TOKENS.queries);
  const balances = new Map<Currency, Map<AccountCode, bigint>>();
  for (const { account, currency, debits, credits } of await all(queries.reader(projections.accountDays))) {
    const accounts = balances.get(currency) ?? new Map<AccountCode, bigint>();
    accounts.set(account, (accounts.get(account) ?? 0n) + parseMoney(debits).minor - parseMoney(credits).minor);
    balances.set(currency, accounts);
  }
  return {
    asOf,
    portfolio: (await queries.reader(projections.portfolio).get(PORTFOLIO_KEY))?.doc ?? NOTHING,
    products: await all(queries.reader(projections.products)),
    loans: await all(queries.reader(projections.loans)),
    receivables: await all(queries.reader(projections.receivables)),
    trialBalances: trialBalance(balances),
    channels: await all(queries.reader(projections.channels)),
    planted,
    reconciliations: await all(queries.reader(projections.reconciliations)),
    receipts: await all(queries.reader(projections.receipts)),
    cases: await all(queries.reader(projections.cases)),
    messages: await all(queries.reader(projections.messages)),
    decisions: await decisionsOf(house),
  };
};
