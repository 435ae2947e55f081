import type { ArrearsExplanation } from '../../domain/loan';
import {
  type ExplainedFigure,
  type InstallmentExplanation,
  type PayoffExplanation,
  REASONS,
  type TransactionExplanation,
} from '../../domain/schedule';
import { calculationLines } from './calculation-lines';
import { table } from './output';

const SIGNS = { add: '+', subtract: '−', 'at-most': '≤', 'at-least': '≥' } as const;

/** An explanation as a person follows it with a calculator: each figure line by line, each line with its arithmetic. */
export const explanationLines = (explanation: InstallmentExplanation): readonly string[] => {
  const { currency, n, count, kind, from, due, days, total, opening, interest, installment } = explanation;
  const { principal, fee, penalty, balance, payments, history, facts } = explanation;
  const sections: readonly (readonly [string, ExplainedFigure | undefined])[] = [
    ['Balance it begins with', opening],
    ['Interest', interest],
    ['Installment', installment],
    ['Principal', principal],
    ['Fee', fee],
    ['Penalty', penalty],
    ['Principal left after it', balance],
  ];
  return [
    `Installment ${n} of ${count}, ${kind}: ${from} to ${due}, ${days} days; amounts in ${currency}`,
    `Total ${total} = principal ${principal.amount} + interest ${interest.amount} + fee ${fee.amount} + penalty ${penalty.amount}`,
    ...sections.flatMap(([name, figure]) =>
      figure === undefined || figure.lines.length === 0 ? [] : ['', ...figureLines(name, figure)],
    ),
    ...section(
      'Paid',
      ['on', 'what', 'portion', 'amount', 'when', 'fact'],
      payments.map(({ on, kind: what, portion, amount, state, fact }) => [on, what, portion, amount, state, fact]),
    ),
    ...section(
      'What it came to owe',
      ['on', 'principal', 'interest', 'fee', 'penalty', 'by'],
      (history ?? []).map(({ on, owed, fact: by = 'time' }) => [
        on,
        owed.principal,
        owed.interest,
        owed.fee,
        owed.penalty,
        by,
      ]),
    ),
    ...section(
      'Facts',
      ['id', 'kind', 'counts for', 'known on', 'amount'],
      facts.map(({ id, kind: what, on, knownOn, amount = '' }) => [id, what, on, knownOn, amount]),
    ),
  ];
};

/** What closes a loan: its parts, and the interest that days bear until then. */
export const payoffLines = (explanation: PayoffExplanation): readonly string[] => {
  const { currency, on, interestThrough, total, principal, interest, fee, penalty, installments } = explanation;
  const through = interestThrough === on ? '' : `, interest to ${interestThrough}`;
  return [
    `Payoff on ${on}${through}: ${total} ${currency}`,
    ...Object.entries({ Principal: principal, Interest: interest, Fee: fee, Penalty: penalty })
      .filter(([, { lines }]) => lines.length > 0)
      .flatMap(([name, figure]) => ['', ...figureLines(name, figure)]),
    ...installments.flatMap(({ n, from, due, interest: own, paid }) => [
      '',
      ...figureLines(`Interest of installment ${n}, ${from} to ${due}; ${paid} of it is paid`, own),
    ]),
  ];
};

/** Where the money of a payment went. */
export const transactionLines = (explanation: TransactionExplanation): readonly string[] => {
  const { currency, fact, kind, on, amount, undone, rule, lines, overpaid, balance } = explanation;
  return [
    `${fact}: ${kind} of ${amount} ${currency} on ${on}${undone ? ', taken back' : ''}`,
    ...ruleLines(rule),
    ...section(
      'Where it went',
      ['installment', 'due', 'when', 'portion', 'amount', 'left'],
      lines.map(({ installment, due, state, portion, amount: part, left }) => [
        String(installment),
        due,
        state,
        portion,
        part,
        left,
      ]),
    ),
    `overpaid ${overpaid}; principal outstanding after it ${balance}`,
  ];
};

/** How late a loan is. */
export const arrearsLines = ({
  asOf,
  currency,
  daysPastDue,
  bucket,
  overdue,
}: ArrearsExplanation): readonly string[] => [
  `As of ${asOf}: ${daysPastDue} days past due, ${bucket}; amounts in ${currency}`,
  ...section(
    'Due and not paid',
    ['installment', 'due', 'principal', 'interest', 'fee', ''],
    overdue.map(({ n, due, principal, interest, fee, counts }) => [
      String(n),
      due,
      principal,
      interest,
      fee,
      counts ? `days are counted from ${due}` : '',
    ]),
  ),
];

const ruleLines = (rule: TransactionExplanation['rule']): readonly string[] => {
  if (rule.kind === 'named') return [`divided by ${rule.strategy}`];
  return rule.orders.flatMap(({ order, inAdvance }) => [
    `divided ${rule.processing === 'horizontal' ? 'installment by installment' : 'portion by portion'}, in advance to: ${inAdvance}`,
    `order: ${order.map(({ state, portion }) => `${state} ${portion}`).join(', ')}`,
  ]);
};

const section = (name: string, columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [] : ['', name, ...indented(table(columns, rows).split('\n'))];

const indented = (lines: readonly string[], by = '  '): readonly string[] => lines.map((line) => `${by}${line}`);

const figureLines = (name: string, { amount, lines }: ExplainedFigure): readonly string[] => {
  const width = Math.max(amount.length, ...lines.map((line) => line.amount.length));
  return [
    name,
    ...lines.flatMap(({ does, why, amount: each, calculation, facts = [], name: called }) => {
      const by = [called, ...facts].filter((one) => one !== undefined);
      const because = `${REASONS[why]}${by.length === 0 ? '' : ` (${by.join(', ')})`}`;
      return [
        `  ${SIGNS[does]} ${each.padStart(width)}  ${because}`,
        ...(calculation === undefined ? [] : indented(calculationLines(calculation), `${' '.repeat(width)}      `)),
      ];
    }),
    `  = ${amount.padStart(width)}`,
  ];
};
