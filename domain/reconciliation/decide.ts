import { isZero, type MoneyText, parseMoney, type Refusal, refuse, unreachable } from '../kernel';
import type { ReconciliationCommand } from './commands';
import type { SettlingAction } from './corrections';
import type { ReconciliationEvent, SumsText } from './events';
import type { BreakEnd, ReconciliationState, StandingBreak } from './state';

type CommandOfType<Type extends ReconciliationCommand['type']> = Extract<ReconciliationCommand, { type: Type }>;
type DataOf<Type extends ReconciliationEvent['type']> = Extract<ReconciliationEvent, { type: Type }>['data'];
type Outcome = readonly ReconciliationEvent[] | Refusal;

/** Records one statement once; it is closed when every difference it showed has been explained or corrected. */
export const decide = (command: ReconciliationCommand, state: ReconciliationState): Outcome => {
  switch (command.type) {
    case 'ReconcileStatement':
      return reconcile(command, state);
    case 'AssignBreak':
      return assign(command, state);
    case 'ExplainBreak':
      return explain(command, state);
    case 'ResolveBreak':
      return resolve(command, state);
    default:
      return unreachable(command);
  }
};

const reconcile = (
  { data, businessDate: today }: CommandOfType<'ReconcileStatement'>,
  state: ReconciliationState,
): Outcome => {
  const { reconciliationId, channel, businessDate, statementHash, lines, theirs, ours, matched, netted } = data;
  if (state.status !== 'none') {
    return state.statementHash === statementHash
      ? []
      : refuse('ALREADY_EXISTS', `${reconciliationId} has been reconciled with another statement`);
  }
  const flaw = flawOf(data);
  if (flaw !== undefined) return flaw;
  return [
    { type: 'StatementImported', data: { channel, businessDate, lines, statementHash, theirs } },
    {
      type: 'MovementsMatched',
      data: { matched, ours, netted, fees: data.fees, pairs: data.pairs, valueDate: businessDate },
    },
    ...data.breaks.map((data): ReconciliationEvent => ({ type: 'BreakOpened', data })),
    ...(data.breaks.length === 0 ? [closed(today, 0)] : []),
  ];
};

const netOf = ({ in: came, out: went }: SumsText): bigint => parseMoney(came).minor - parseMoney(went).minor;

/** What a matching must never be: in two currencies, with one break twice, or with a difference left unexplained. */
const flawOf = ({
  currency,
  theirs,
  ours,
  fees,
  breaks,
}: CommandOfType<'ReconcileStatement'>['data']): Refusal | undefined => {
  const amounts: readonly MoneyText[] = [
    ...[theirs, ours].flatMap((sums) => [sums.in, sums.out]),
    fees,
    ...breaks.map(({ difference }) => difference),
  ];
  const foreign = amounts.find((amount) => amount.currency !== currency);
  if (foreign) return refuse('CURRENCY_MISMATCH', `${foreign.currency}, not ${currency}`);
  if (new Set(breaks.map(({ breakId }) => breakId)).size !== breaks.length) {
    return refuse('RECONCILIATION_UNSOUND', 'two breaks have one id');
  }
  const explained = breaks.reduce((sum, { difference }) => sum + parseMoney(difference).minor, parseMoney(fees).minor);
  const difference = netOf(ours) - netOf(theirs);
  if (explained === difference) return undefined;
  return refuse('RECONCILIATION_UNSOUND', `${difference} minor units apart, ${explained} of them accounted for`);
};

/** The break of an id while nothing has ended it, or the refusal. */
const openBreak = (state: ReconciliationState, reconciliationId: string, breakId: string): StandingBreak | Refusal => {
  const standing = findBreak(state, breakId);
  if (standing === undefined) return refuse('BREAK_UNKNOWN', `${reconciliationId} has no break ${breakId}`);
  return standing.end === undefined ? standing : refuse('BREAK_UNKNOWN', `${breakId} has come to its end already`);
};

const findBreak = (state: ReconciliationState, breakId: string): StandingBreak | undefined =>
  state.status === 'none' ? undefined : state.breaks.find(({ found }) => found.breakId === breakId);

const assign = ({ data }: CommandOfType<'AssignBreak'>, state: ReconciliationState): Outcome => {
  const { reconciliationId, breakId, owner } = data;
  const standing = openBreak(state, reconciliationId, breakId);
  if ('code' in standing) return standing;
  return standing.owner === owner ? [] : [{ type: 'BreakAssigned', data: { breakId, owner } }];
};

const explain = ({ data, businessDate }: CommandOfType<'ExplainBreak'>, state: ReconciliationState): Outcome => {
  const { reconciliationId, breakId, explanation, evidence } = data;
  if (sameExplanation(findBreak(state, breakId)?.end, explanation, evidence)) return [];
  const standing = openBreak(state, reconciliationId, breakId);
  if ('code' in standing) return standing;
  return [
    { type: 'BreakExplained', data: { breakId, explanation, evidence } },
    ...closedBy(state, breakId, businessDate),
  ];
};

const sameExplanation = (end: BreakEnd | undefined, explanation: string, evidence: string): boolean =>
  end?.by === 'explanation' && end.explanation === explanation && end.evidence === evidence;

const resolve = ({ data, businessDate }: CommandOfType<'ResolveBreak'>, state: ReconciliationState): Outcome => {
  const { reconciliationId, breakId, action, evidence } = data;
  const before = findBreak(state, breakId)?.end;
  if (before?.by === 'correction' && before.action === action && before.evidence === evidence) return [];
  const standing = openBreak(state, reconciliationId, breakId);
  if ('code' in standing) return standing;
  const { found, owner } = standing;
  if (owner === undefined) return refuse('BREAK_WITHOUT_OWNER', breakId);
  const { difference } = found;
  if (!fits(action, difference)) {
    return refuse('CORRECTION_UNFIT', `${action} of a difference of ${difference.amount} ${difference.currency}`);
  }
  return [
    { type: 'BreakResolved', data: { breakId, action, difference, evidence, valueDate: businessDate } },
    ...closedBy(state, breakId, businessDate),
  ];
};

/** The difference that a correction books, if it books one. */
const BOOKS_DIFFERENCE: Readonly<Record<SettlingAction, boolean>> = {
  'confirm-settled': false,
  'book-suspense': true,
  'return-double-payment': true,
  'correct-amount': false,
  'claim-from-channel': true,
  'write-off-fee': true,
};

/** There must be something to book, and nobody gives up what others have too much of. */
const fits = (action: SettlingAction, difference: MoneyText): boolean => {
  if (!BOOKS_DIFFERENCE[action]) return true;
  const money = parseMoney(difference);
  return !isZero(money) && (action !== 'write-off-fee' || money.minor > 0n);
};

/** The last break to end closes the reconciliation. */
const closedBy = (
  state: ReconciliationState,
  breakId: string,
  on: DataOf<'ReconciliationClosed'>['closedOn'],
): readonly ReconciliationEvent[] => {
  if (state.status === 'none') return [];
  const others = state.breaks.filter(({ found }) => found.breakId !== breakId);
  return others.every(({ end }) => end !== undefined) ? [closed(on, state.breaks.length)] : [];
};

const closed = (closedOn: DataOf<'ReconciliationClosed'>['closedOn'], breaks: number): ReconciliationEvent => ({
  type: 'ReconciliationClosed',
  data: { closedOn, breaks },
});
