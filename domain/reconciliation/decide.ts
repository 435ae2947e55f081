import { formatMoney, type Refusal, refuse, unreachable } from '../kernel';
import type { ReconciliationCommand } from './commands';
import type { ReconciliationEvent } from './events';
import { match, type Sums } from './match';
import type { ReconciliationState } from './state';

type CommandOfType<Type extends ReconciliationCommand['type']> = Extract<ReconciliationCommand, { type: Type }>;
type DataOf<Type extends ReconciliationEvent['type']> = Extract<ReconciliationEvent, { type: Type }>['data'];
type Outcome = readonly ReconciliationEvent[] | Refusal;

/** Reconciles one statement once; it is closed when every difference it showed has been explained. */
export const decide = (command: ReconciliationCommand, state: ReconciliationState): Outcome => {
  switch (command.type) {
    case 'ReconcileStatement':
      return reconcile(command, state);
    case 'ExplainBreak':
      return explain(command, state);
    default:
      return unreachable(command);
  }
};

const reconcile = (
  { data, businessDate: today }: CommandOfType<'ReconcileStatement'>,
  state: ReconciliationState,
): Outcome => {
  const { reconciliationId, channel, businessDate, currency, statementHash, lines, movements } = data;
  if (state.status !== 'none') {
    return state.statementHash === statementHash
      ? []
      : refuse('ALREADY_EXISTS', `${reconciliationId} has been reconciled with another statement`);
  }
  const foreign = [...lines, ...movements].find(({ amount }) => amount.currency !== currency);
  if (foreign) {
    return refuse('CURRENCY_MISMATCH', `${foreign.reference} is in ${foreign.amount.currency}, not in ${currency}`);
  }
  const { pairs, breaks, ours, theirs } = match(lines, movements, currency);
  return [
    {
      type: 'StatementImported',
      data: { channel, businessDate, lines: lines.length, statementHash, theirs: sumsText(theirs) },
    },
    { type: 'MovementsMatched', data: { matched: pairs.length, ours: sumsText(ours), pairs: [...pairs] } },
    ...breaks.map((data): ReconciliationEvent => ({ type: 'BreakOpened', data })),
    ...(breaks.length === 0 ? [closed(today, 0)] : []),
  ];
};

const explain = ({ data, businessDate }: CommandOfType<'ExplainBreak'>, state: ReconciliationState): Outcome => {
  const { reconciliationId, breakId, explanation, evidence } = data;
  if (state.status === 'none' || !state.breaks.some((open) => open.breakId === breakId)) {
    return refuse('BREAK_UNKNOWN', `${reconciliationId} has no break ${breakId}`);
  }
  const explained = state.explained.find((each) => each.breakId === breakId);
  if (explained) {
    return sameExplanation(explained, data) ? [] : refuse('BREAK_UNKNOWN', `${breakId} has been explained already`);
  }
  const last = state.explained.length + 1 === state.breaks.length;
  return [
    { type: 'BreakExplained', data: { breakId, explanation, evidence } },
    ...(last ? [closed(businessDate, state.breaks.length)] : []),
  ];
};

const sameExplanation = (
  a: DataOf<'BreakExplained'>,
  b: Pick<DataOf<'BreakExplained'>, 'explanation' | 'evidence'>,
): boolean => a.explanation === b.explanation && a.evidence === b.evidence;

const closed = (closedOn: DataOf<'ReconciliationClosed'>['closedOn'], breaks: number): ReconciliationEvent => ({
  type: 'ReconciliationClosed',
  data: { closedOn, breaks },
});

const sumsText = (sums: Sums): DataOf<'StatementImported'>['theirs'] => ({
  in: formatMoney(sums.in),
  out: formatMoney(sums.out),
});
