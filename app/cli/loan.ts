import type { Command } from 'commander';
import { type BusinessDate, businessDateAt, type Instant, type LoanId } from '../../domain/kernel';
import {
  accountTextOn,
  type BecameKnown,
  becameKnown,
  type LoanState,
  type RecordedLoanEvent,
} from '../../domain/loan';
import { knownLoan, loanHistory } from '../../read-api';
import { TOKENS, the } from '../tokens';
import type { CommonOptions } from './environment';
import { loanLines } from './loan-lines';
import { day, loan, moment } from './moments';
import { say, sayJson, table } from './output';
import { reading } from './read-only-house';

interface LoanOptions extends CommonOptions {
  readonly asOf?: BusinessDate;
  readonly knownAt?: Instant;
  readonly between?: readonly Instant[];
  readonly json?: boolean;
}

/** `--between T1 T2` takes two instants, one after the other. */
const both = (text: string, before: readonly Instant[] = []): readonly Instant[] => [...before, moment(text)];

/** Adds `loan <id>`: a loan on a day by what was known at an instant, or what became known between two. */
export const addLoan = (program: Command): void => {
  program
    .command('loan')
    .argument('<loan>', 'which loan: loan-…', loan)
    .description('print a loan as of a day, by what was known at an instant; or what became known between two')
    .option('--as-of <date>', 'as of this business date (default: today)', day)
    .option('--known-at <instant>', 'only what had been recorded by this instant; what came later is listed', moment)
    .option('--between <instants...>', 'what became known after one instant and up to another', both)
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--json', 'print one JSON object')
    .action((loanId: LoanId, options: LoanOptions) =>
      reading(options, async ({ container }) => {
        const log = the(container, TOKENS.eventLog);
        const asOf = options.asOf ?? businessDateAt(the(container, TOKENS.clock).now());
        const history = await loanHistory({ log }, loanId);
        if (history.length === 0) throw new Error(`there is no ${loanId}`);
        const { between, knownAt, json } = options;
        const told =
          between === undefined
            ? view(loanId, history, await knownLoan({ log }, loanId, knownAt), asOf, knownAt)
            : difference(loanId, history, asOf, between);
        if (json) sayJson(told.data);
        else for (const line of told.lines) say(line);
      }),
    );
};

/** What is printed: for programs, and for people. */
interface Told {
  readonly data: object;
  readonly lines: readonly string[];
}

const difference = (
  loanId: LoanId,
  history: readonly RecordedLoanEvent[],
  asOf: BusinessDate,
  [from, to, ...more]: readonly Instant[],
): Told => {
  if (from === undefined || to === undefined || more.length > 0 || from > to) {
    throw new Error('--between takes two instants, the earlier one first');
  }
  const known = becameKnown(history, asOf, from, to);
  return {
    data: { id: loanId, from, to, ...known },
    lines: knowledgeLines(`Became known after ${from} and up to ${to}`, known),
  };
};

const view = (
  loanId: LoanId,
  history: readonly RecordedLoanEvent[],
  state: LoanState,
  asOf: BusinessDate,
  knownAt: Instant | undefined,
): Told => {
  const account = accountTextOn(state, asOf);
  if (account === undefined) throw new Error(`${loanId} was not lent by ${asOf}, as far as was known`);
  const lines = loanLines(loanId, account, knownAt);
  if (knownAt === undefined) return { data: { id: loanId, ...account }, lines };
  const restated = becameKnown(history, asOf, knownAt);
  return {
    data: { id: loanId, knownAt, ...account, restated },
    lines: [...lines, ...knowledgeLines('Became known since', restated)],
  };
};

const knowledgeLines = (title: string, { asOf, facts, changes }: BecameKnown): readonly string[] => [
  '',
  `${title}: ${facts.length} facts`,
  ...(facts.length === 0
    ? []
    : [
        table(
          ['fact', 'kind', 'amount', 'counts for', 'recorded', 'late', 'changes'],
          facts.map(({ id, kind, amount = '', on, bookedAt, backDated, changes: own }) => [
            id,
            kind,
            amount,
            on,
            bookedAt,
            backDated ? 'back-dated' : '',
            own === undefined ? '' : String(own.length),
          ]),
        ),
      ]),
  '',
  `Changed of the account as of ${asOf}: ${changes.length} figures`,
  ...(changes.length === 0
    ? []
    : [
        table(
          ['figure', 'before', 'after'],
          changes.map(({ what, before = '–', after = '–' }) => [what, before, after]),
        ),
      ]),
];
