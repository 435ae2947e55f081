import type { Day } from '../../calendar';
import { larger, smaller } from './amounts';
import { noteStep } from './bearing';
import { downPaymentOf } from './begin';
import { applyChanges } from './changes';
import { noteBase, notePrincipal, principalOf } from './installments';
import { interestOf } from './interest';
import { close, payAgain, payInAdvance, payWaiting } from './payments';
import { noteRow } from './plan-notes';
import { chargeNew } from './waivers';
import type { Current, Walk } from './walk';

/** Plans the next period. `until`: the plan ends on this day, with an installment that takes all that is left. */
export const planPeriod = (walk: Walk, until: Day | undefined): void => {
  walk.number += 1;
  const { from } = walk;
  const regular = walk.dates.due(walk.number);
  const isCut = until !== undefined && regular >= until;
  const due = isCut ? until : regular;
  applyChanges(walk, regular);
  disburse(walk, due);
  if (isCut) walk.coming.length = 0;
  const current: Current = {
    from,
    due,
    ends: regular,
    isLast: isCut || walk.number >= walk.last,
    early: 0n,
    waiting: [],
    money: 0n,
  };
  const closing = walk.isRecalculated ? payInAdvance(walk, current) : undefined;
  if (closing !== undefined) {
    close(walk, current, closing);
    return;
  }
  const { asked, borne } = interestOf(walk, current, due);
  ask(walk, current, asked, borne);
};

/** Disbursements up to a day, each with what is paid down of it at once. */
const disburse = (walk: Walk, due: Day): void => {
  for (let tranche = walk.coming[0]; tranche !== undefined && tranche.on <= due; tranche = walk.coming[0]) {
    walk.coming.shift();
    const down = downPaymentOf(walk.story, tranche.amount);
    walk.outstanding += tranche.amount - down;
    if (walk.over.length > 0) payAgain(walk, tranche.on);
    walk.balance.ahead.push({ day: tranche.on, delta: tranche.amount - down, fact: tranche.id });
    if (down > 0n) walk.rows.push(walk.row('down-payment', tranche.on, tranche.on, down, 0n));
    if (tranche.installment === undefined) continue;
    walk.isFixed = true;
    walk.installment = tranche.installment;
    noteBase(walk, { kind: 'agreed', amount: tranche.installment });
  }
};

/** The installment of a period, and the payments that waited for it. */
const ask = (walk: Walk, current: Current, interest: bigint, borne: bigint): void => {
  const { due, early, from } = current;
  const planned = principalOf(walk, current, borne);
  const heldNow = smaller(planned, walk.held);
  walk.held -= heldNow;
  const wanted = current.isLast ? planned : planned - heldNow;
  const principal = larger(early, wanted);
  const row = walk.row('regular', from, due, principal, interest);
  notePrincipal(walk, current, borne, heldNow);
  walk.outstanding -= principal;
  walk.planned += principal;
  noteStep(walk.balance, walk.rest(due), early - principal, due);
  if (walk.isRecalculated) chargeNew(walk, row);
  walk.rows.push(row);
  if (walk.isRecalculated) payWaiting(walk, current, row, principal - wanted);
  noteRow(walk.story.notes, row);
  walk.from = due;
};
