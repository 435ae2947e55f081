import type { Command } from 'commander';
import { type BusinessDate, businessDateAt, type Instant, type LoanId } from '../../domain/kernel';
import {
  explainedArrears,
  explainedInstallment,
  explainedPayoff,
  explainedTransaction,
  type LoanState,
} from '../../domain/loan';
import { knownLoan } from '../../read-api';
import { TOKENS, the } from '../tokens';
import type { CommonOptions } from './environment';
import { arrearsLines, explanationLines, payoffLines, transactionLines } from './explanation-lines';
import { day, loan, moment } from './moments';
import { say, sayJson } from './output';
import { reading } from './read-only-house';

interface ExplainOptions extends CommonOptions {
  readonly asOf?: BusinessDate;
  readonly knownAt?: Instant;
  readonly json?: boolean;
}

/** Adds `explain <loan> <what>`: where figures of a loan come from. */
export const addExplain = (program: Command): void => {
  program
    .command('explain')
    .argument('<loan>', 'which loan: loan-…', loan)
    .argument('<what>', 'an installment by its number, "payoff", "arrears", or a payment by its fact')
    .description('print where the figures of an installment, a payoff, arrears or a payment come from')
    .option('--as-of <date>', 'the business date it is explained for (default: today)', day)
    .option('--known-at <instant>', 'only what had been recorded by this instant', moment)
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--json', 'print one JSON object')
    .action((loanId: LoanId, what: string, options: ExplainOptions) =>
      reading(options, async ({ container }) => {
        const { asOf = businessDateAt(the(container, TOKENS.clock).now()), knownAt, json } = options;
        const state = await knownLoan({ log: the(container, TOKENS.eventLog) }, loanId, knownAt);
        const told = explained(state, asOf, what);
        if (told === undefined) throw new Error(`${loanId} had no ${nameOf(what)} as of ${asOf}`);
        if (json) sayJson({ loanId, ...(knownAt !== undefined && { knownAt }), ...told.data });
        else for (const line of told.lines) say(line);
      }),
    );
};

const isNumber = (what: string): boolean => /^[1-9]\d{0,4}$/.test(what);
const nameOf = (what: string): string => (isNumber(what) ? `installment ${what}` : what);

interface Told {
  readonly data: object;
  readonly lines: readonly string[];
}

const explained = (state: LoanState, asOf: BusinessDate, what: string): Told | undefined => {
  if (isNumber(what)) {
    const data = explainedInstallment(state, asOf, Number(what));
    return data && { data, lines: explanationLines(data) };
  }
  if (what === 'payoff') {
    const data = explainedPayoff(state, asOf);
    return data && { data, lines: payoffLines(data) };
  }
  if (what === 'arrears') {
    const data = explainedArrears(state, asOf);
    return data && { data, lines: arrearsLines(data) };
  }
  const data = explainedTransaction(state, asOf, what);
  return data && { data, lines: transactionLines(data) };
};
