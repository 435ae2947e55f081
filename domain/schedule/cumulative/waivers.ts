import { chargeRow, waiveCharge } from './charges';
import type { Row } from './row';
import type { Movement } from './story';
import type { Waiver, Walk } from './walk';

export const waiversIn = (movements: readonly Movement[]): readonly Waiver[] =>
  movements.flatMap((movement, at) => {
    if (movement.kind === 'credit' || movement.fact.kind !== 'charge-waiver') return [];
    const { of, installment } = movement.fact;
    return [{ of, installment, at }];
  });

/** What was waived before a payment is not there for it to pay. */
export const waiveBefore = (walk: Walk, at: number): void => {
  for (let next = walk.waivers[walk.waived]; next !== undefined && next.at < at; next = walk.waivers[walk.waived]) {
    for (const [index, row] of walk.rows.entries()) waive(row, index, next);
    walk.waived += 1;
  }
};

/** The charges of an installment that is planned now, without those that were waived before. */
export const chargeNew = (walk: Walk, row: Row): void => {
  chargeRow(walk.rows, row, walk.story, walk.amounts);
  for (let at = 0; at < walk.waived; at += 1) {
    const waiver = walk.waivers[at];
    if (waiver !== undefined) waive(row, walk.rows.length, waiver);
  }
};

const waive = (row: Row, index: number, { of, installment }: Waiver): void => {
  if (installment === undefined || installment === index + 1) waiveCharge(row, of);
};
