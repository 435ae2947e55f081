import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, dateOf, dayOf } from '../../domain/calendar';
import { type BusinessDate, type Currency, formatMinor } from '../../domain/kernel';
import { type LoanTerms, loanTermsSchema } from '../../domain/schedule/loan-terms';
import type {
  LoanAccount,
  LoanAgreement,
  LoanFact,
  PlannedInstallment,
  PortionAmounts,
} from '../../domain/schedule/replay';
import { termsWith } from './progressive-loans';

/** A loan whose figures are known: what was agreed, what happened, and what it comes to on a day. */
export interface KnownLoan {
  readonly name: string;
  readonly terms: LoanTerms;
  readonly agreement: LoanAgreement;
  readonly facts: readonly LoanFact[];
  readonly asOf: Day;
  readonly planned: readonly string[];
  readonly told: readonly string[];
  /** See `waysOf`. */
  readonly ways: readonly string[];
}

// Amounts are kept in minor units as digits, days as dates.
const AMOUNTS: ReadonlySet<string> = new Set(['amount', 'principal', 'installment']);

const revived = (key: string, value: unknown): unknown => {
  if (key === 'calculation') return asText(value as object);
  if (typeof value !== 'string') return value;
  if (AMOUNTS.has(key) && /^\d+$/.test(value)) return BigInt(value);
  return DAYS.has(key) ? dayOf(value as BusinessDate) : value;
};
/** Amounts of terms are texts, also where they have no decimals. */
const asText = (calculation: object): object =>
  Object.fromEntries(
    Object.entries(calculation).map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value]),
  );
const DAYS: ReadonlySet<string> = new Set([
  ...['on', 'knownOn', 'asOf', 'to', 'dueOn', 'through', 'startsOn', 'submittedOn', 'firstDueOn'],
]);

/** Where they are kept: as JSON, one a line. */
export const KNOWN_LOANS = join(__dirname, 'known-loans.jsonl');

/** Reads them: of terms the file has what differs from plain ones, null for what they lack. */
export const knownLoans = (): readonly KnownLoan[] =>
  readFileSync(KNOWN_LOANS, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): KnownLoan => {
      const { terms, ...rest } = JSON.parse(line);
      const { agreement, facts, asOf, ...told } = JSON.parse(JSON.stringify(rest), revived);
      return { ...told, agreement, facts: facts.map(factOf), asOf, terms: loanTermsSchema.parse(termsOf(terms)) };
    });

const termsOf = (differing: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries({ ...termsWith(), ...differing }).filter(([, value]) => value !== null));

/** `from` is a day in facts, as it is a date in terms. */
const factOf = (fact: object): LoanFact =>
  ('from' in fact && typeof fact.from === 'string'
    ? { ...fact, from: dayOf(fact.from as BusinessDate) }
    : fact) as LoanFact;

/** A plan as lines: due date, then principal, interest, fees, penalties and the principal left. */
export const plannedLines = ({ currency }: LoanTerms, rows: readonly PlannedInstallment[]): readonly string[] =>
  rows.map((row) => `${dateOf(row.due)} ${portions(row, currency)} leaves ${formatMinor(row.balance, currency)}`);

const portions = ({ principal, interest, fee, penalty }: PortionAmounts, currency: Currency): string =>
  [principal, interest, fee, penalty].map((minor) => formatMinor(minor, currency)).join(' ');

/** A loan as it stands, as lines: its installments, transactions and charges, and what would close it. */
export const toldLines = ({ currency }: LoanTerms, account: LoanAccount, payoff: PortionAmounts): readonly string[] => {
  const money = (minor: bigint): string => formatMinor(minor, currency);
  const told = (name: string, amounts: PortionAmounts): readonly string[] =>
    Object.values(amounts).every((minor) => minor === 0n) ? [] : [`${name} ${portions(amounts, currency)}`];
  const sum = (name: string, minor: bigint): readonly string[] => (minor === 0n ? [] : [`${name} ${money(minor)}`]);
  const when = (name: string, day: Day | undefined): readonly string[] =>
    day === undefined ? [] : [`${name} ${dateOf(day)}`];
  const line = (...parts: readonly (readonly string[])[]): string => parts.flat().join(', ');
  return [
    line(
      [account.status],
      told('outstanding', account.outstanding),
      told('overdue', account.overdue),
      sum('overpaid', account.overpaid),
      told('closed by', payoff),
    ),
    ...account.disbursements.map(({ on, amount, kept = 0n }) =>
      line([`lent ${money(amount)} on ${dateOf(on)}`], sum('kept back', kept)),
    ),
    ...account.installments.map((row) =>
      line(
        [`${row.n} ${row.kind} ${dateOf(row.from)} ${dateOf(row.due)} ${portions(row.owed, currency)}`],
        told('paid', row.paid),
        told('waived', row.waived),
        told('given up', row.writtenOff),
        sum('in advance', row.paidInAdvance),
        sum('late', row.paidLate),
        when('met', row.metOn),
        [`leaves ${money(row.balance)}`],
      ),
    ),
    ...account.transactions.map((one) =>
      line(
        [`${dateOf(one.on)} ${one.kind} ${money(one.amount)}${one.undone ? ' undone' : ''}`],
        told('of it', one.parts),
        sum('overpaid', one.overpaid),
        one.lines.map(
          ({ installment, portion, amount, state }) => `${installment} ${state} ${portion} ${money(amount)}`,
        ),
        [`leaves ${money(one.balance)}`],
      ),
    ),
    ...account.charges.map((charge) =>
      line(
        [`${charge.kind} ${money(charge.amount)}`],
        when('due', charge.dueOn),
        sum('paid', charge.paid),
        sum('waived', charge.waived),
        sum('left', charge.outstanding),
      ),
    ),
  ];
};
