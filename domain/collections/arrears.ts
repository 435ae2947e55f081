import { assert } from '../kernel';
import type { ArrearsStanding } from '../loan';
import type { CollectionsCommandOf } from './commands';
import type { CollectionsEvent } from './events';
import { CasePen, nextOf } from './pen';
import { judgePromises, lapsePromises } from './promises';
import type { CaseState, OpenCase } from './state';
import { CURRENT_STRATEGY, stageFor, strategyNamed, worse } from './strategy';

type NoteLoan = CollectionsCommandOf<'NoteLoan'>;

const opensOn = (state: CaseState, standing: ArrearsStanding, worsened: boolean): boolean => {
  if (standing.kind !== 'in-arrears' || state.status === 'open') return false;
  // What a person has closed stays closed until the loan is later than it was.
  return state.status === 'none' || state.reason !== 'by-person' || worsened;
};

/**
 * What a change of a loan means for the case of its borrower: it opens with the first loan in arrears and closes with
 * the last one, its stage follows the loan that is latest, and promises are judged by what has been repaid.
 */
export const noteLoan = (
  { data, facts, businessDate: on }: NoteLoan,
  state: CaseState,
): readonly CollectionsEvent[] => {
  const { borrowerId, loanId, worsened } = data;
  const { standing, paid } = facts;
  const pen = new CasePen(state);
  if (opensOn(state, standing, worsened)) {
    const opening = { borrowerId, jurisdiction: 'CN', strategy: CURRENT_STRATEGY, openedOn: on } as const;
    pen.write({ type: 'CaseOpened', data: opening });
  }
  judgePromises(pen, paid, on);
  if (pen.state.status !== 'open') return pen.events;
  const known = pen.state.loans.get(loanId);
  if (standing.kind === 'in-arrears') {
    const { bucket, pastDueSince, overdue } = standing;
    const isNews =
      known?.bucket !== bucket || known.pastDueSince !== pastDueSince || known.overdue.amount !== overdue.amount;
    if (isNews) pen.write({ type: 'ArrearsNoted', data: { loanId, bucket, pastDueSince, overdue, on } });
  } else if (known !== undefined) {
    const why = standing.kind === 'ended' ? standing.why : 'cured';
    lapsePromises(pen, loanId, paid, on);
    pen.write({ type: 'ArrearsEnded', data: { loanId, why, on } });
    if (pen.open.loans.size === 0) {
      pen.write({ type: 'CaseClosed', data: { reason: why, closedOn: on } });
      return pen.events;
    }
  }
  stage(pen, on);
  return pen.events;
};

const stage = (pen: CasePen, on: NoteLoan['businessDate']): void => {
  const { open } = pen;
  const name = stageFor(strategyNamed(open.strategy), worstBucket(open));
  if (name === open.stage?.name) return;
  pen.write({ type: 'StageEntered', data: { stage: name, on, ...nextOf(open, on, { stage: { name, since: on } }) } });
};

const worstBucket = ({ loans }: OpenCase) => {
  const buckets = [...loans.values()].map(({ bucket }) => bucket);
  const [first] = buckets;
  assert(first !== undefined, 'an open case has a loan');
  return buckets.reduce(worse, first);
};
