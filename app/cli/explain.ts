import { type Command, InvalidArgumentError } from 'commander';
import { type BusinessDate, businessDateAt, type Instant, type LoanId } from '../../domain/kernel';
import { explainedInstallment, type LoanState } from '../../domain/loan';
import { knownLoan } from '../../read-api';
import { TOKENS, the } from '../tokens';
import type { CommonOptions } from './environment';
import { explanationLines } from './explanation-lines';
import { day, loan, moment } from './moments';
import { say, sayJson } from './output';
import { reading } from './read-only-house';

interface ExplainOptions extends CommonOptions {
  readonly asOf?: BusinessDate;
  readonly knownAt?: Instant;
  readonly json?: boolean;
}

const number = (text: string): number => {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('a number from 1 on');
  return Number(text);
};

/** Adds `explain <loan> <n>`: where every figure of an installment comes from. */
export const addExplain = (program: Command): void => {
  program
    .command('explain')
    .argument('<loan>', 'which loan: loan-…', loan)
    .argument('<n>', 'which installment', number)
    .description('print where every figure of an installment comes from, to be followed with a calculator')
    .option('--as-of <date>', 'the business date it is explained for (default: today)', day)
    .option('--known-at <instant>', 'only what had been recorded by this instant', moment)
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .option('--json', 'print one JSON object')
    .action((loanId: LoanId, n: number, options: ExplainOptions) =>
      reading(options, async ({ container }) => {
        const { asOf = businessDateAt(the(container, TOKENS.clock).now()), knownAt, json } = options;
        const state: LoanState = await knownLoan({ log: the(container, TOKENS.eventLog) }, loanId, knownAt);
        const explanation = explainedInstallment(state, asOf, n);
        if (explanation === undefined) throw new Error(`${loanId} had no installment ${n} as of ${asOf}`);
        if (json) sayJson({ loanId, ...(knownAt !== undefined && { knownAt }), ...explanation });
        else for (const line of explanationLines(explanation)) say(line);
      }),
    );
};
