import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explanationLines } from '../app/cli/explanation-lines';
import { businessDate, fold } from '../domain/kernel';
import { explainedInstallment, loanDecider } from '../domain/loan';
import { faultsOf } from './support/by-hand';
import { active, repaid } from './support/example-loan';

const page = readFileSync(join(process.cwd(), 'docs', 'explain.md'), 'utf8');
const [, shown = ''] = /<!-- example:start -->\n```text\n([\s\S]*?)\n```\n<!-- example:end -->/.exec(page) ?? [];

const loan = fold(loanDecider, repaid(repaid(active, 'r1', '1080.07', '2026-02-15'), 'r2', '300.00', '2026-03-01'));
const explanation = explainedInstallment(loan, businessDate('2026-03-20'), 2);

test('the worked example of docs/explain.md is what the code prints', () => {
  if (explanation === undefined) throw new Error('it has a second installment');
  expect(shown).toBe(explanationLines(explanation).join('\n'));
});

test('it works out by hand', () => {
  expect(explanation && faultsOf(explanation)).toEqual([]);
});
