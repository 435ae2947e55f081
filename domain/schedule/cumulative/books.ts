import type { Day } from '../../calendar';
import { assert } from '../../kernel';
import type { LoanFact } from '../replay';
import { allocate, type PaidLine } from './allocation';
import { amountRulesOf, larger, smaller } from './amounts';
import { additional, charge, waiveCharge } from './charges';
import { type KeptBack, keptBack } from './kept-back';
import { type Judged, judgeLate } from './late-charges';
import { makePlan } from './make';
import { penaltiesOf } from './penalty-interest';
import {
  left,
  leftOfAll,
  noPortions,
  PORTIONS,
  type Portions,
  pay,
  type Row,
  renewed,
  rowOf,
  settle,
  sumOf,
} from './row';
import type { Movement, Story } from './story';
import type { Credit } from './walk';

/** What a movement did. */
export interface Posted {
  readonly fact: string;
  readonly kind: string;
  readonly on: Day;
  readonly amount: bigint;
  readonly parts: Portions;
  readonly overpaid: bigint;
  readonly balance: bigint;
  readonly lines: readonly PaidLine[];
}

/** The money of a loan while its movements are posted to its installments. */
export interface Books extends Judged {
  readonly rows: Row[];
  readonly posted: Posted[];
  /** Principal that is owed again after it had been paid. */
  readonly reopened: { readonly on: Day; readonly amount: bigint }[];
  /** Principal that is owed, whether due or not. */
  balance: bigint;
  overpaid: bigint;
  isChargedOff: boolean;
  isWrittenOff: boolean;
  /** The debt was given up for a part of it. */
  isSettled: boolean;
  /** Charges that were paid out of a payout. */
  readonly kept: KeptBack[];
}

const openBooks = (story: Story, rows: Row[]): Books => ({
  story,
  rows,
  posted: [],
  reopened: [],
  balance: 0n,
  overpaid: 0n,
  isChargedOff: false,
  isWrittenOff: false,
  isSettled: false,
  kept: [],
  judged: new Set(),
  lateDemands: [],
});

/** The books of a story: its plan with all charges and all movements. `until`: the plan ends there, with a payoff. */
export const keepBooks = (story: Story, until?: Day): Books => {
  const plan = makePlan(story, until);
  const rows = renewed(plan);
  const { notes } = story;
  const noted = notes && new Map(rows.map((row, index) => [row, plan[index] && notes.rows.get(plan[index])]));
  if (rows.length > 0) charge(rows, story, amountRulesOf(story.terms));
  const first = story.tranches[0];
  // What asks for nothing is met from the beginning.
  for (const row of rows) if (first !== undefined && leftOfAll(row) === 0n) row.metOn = first.on;
  const books = openBooks(story, rows);
  const penalties = penaltiesOf(story);
  for (const movement of story.movements) {
    judgeLate(books, movement.on);
    penalties.until(rows, movement.on);
    post(books, movement);
    payWithHeld(books, movement.on);
  }
  judgeLate(books, story.today);
  penalties.until(rows, story.today);
  payWithHeld(books, story.today);
  if (notes !== undefined) notes.inOrder = rows.map((row) => noted?.get(row));
  return books;
};

const post = (books: Books, movement: Movement): void => {
  if (movement.kind === 'credit') postCredit(books, movement);
  else postFact(books, movement.fact);
};

const postCredit = (books: Books, credit: Credit): void => {
  // Of what was given up nothing is owed any more: what comes in for it is recovered.
  if (books.isWrittenOff && (credit.credit === 'recovery' || credit.credit === 'repayment')) {
    note(books, credit, 'recovery', credit.amount, noPortions(), 0n, []);
    return;
  }
  const lines: PaidLine[] = [];
  const over = allocate(rowsOn(books, credit.on), books.story.terms.allocation, credit, lines);
  const parts = partsOf(lines);
  books.overpaid += over;
  books.balance -= parts.principal;
  note(books, credit, credit.label, credit.amount, parts, over, lines);
};

const postFact = (books: Books, fact: LoanFact): void => {
  switch (fact.kind) {
    case 'disbursement':
      books.balance += fact.amount;
      if (isBeyondPlan(books.story, fact.on)) {
        books.rows.push(rowOf('additional', fact.on, fact.on, fact.amount, 0n));
      }
      note(books, fact, fact.kind, fact.amount, { ...noPortions(), principal: fact.amount }, 0n, []);
      keepBack(books, fact);
      return;
    case 'credit-balance-refund':
    case 'chargeback':
      reopen(books, fact);
      return;
    case 'charge-waiver':
      waive(books, fact);
      return;
    case 'charge-off': {
      books.isChargedOff = true;
      const open = openOf(books.rows);
      note(books, fact, fact.kind, sumOf(open), open, 0n, []);
      return;
    }
    case 'write-off':
      writeOff(books, fact);
      return;
    case 'settlement':
      postCredit(books, settlementOf(fact));
      writeOff(books, fact, false);
      books.isSettled = true;
      return;
    default:
      assert(false, `a loan planned period by period knows no ${fact.kind}`);
  }
};

const creditOf = (movement: Movement): Credit | undefined => {
  if (movement.kind === 'credit') return movement;
  return movement.fact.kind === 'settlement' ? settlementOf(movement.fact) : undefined;
};

const settlementOf = (fact: Extract<LoanFact, { kind: 'settlement' }>): Credit => ({
  ...fact,
  kind: 'credit',
  credit: 'repayment',
  label: fact.kind,
});

/** What is paid out after a plan that ended early is due at once. */
const isBeyondPlan = ({ endsOn }: Story, on: Day): boolean => endsOn !== undefined && on > endsOn;

/** The installments that money on a day can pay: what late ones bear after the plan is over is not there before. */
const rowsOn = ({ rows }: Books, on: Day): readonly Row[] =>
  rows.at(-1)?.isAfterTheEnd === true ? rows.filter(({ due, isAfterTheEnd }) => !isAfterTheEnd || due <= on) : rows;

/** What was over of earlier payments pays what is owed since: nothing is held for a borrower who owes. */
const payWithHeld = (books: Books, on: Day): void => {
  if (books.overpaid === 0n) return;
  const rows = rowsOn(books, on);
  if (rows.every((row) => leftOfAll(row) === 0n)) return;
  for (const movement of books.story.movements) {
    const credit = creditOf(movement);
    if (credit === undefined) continue;
    const index = books.posted.findIndex(({ fact, overpaid }) => fact === movement.id && overpaid > 0n);
    const earlier = books.posted[index];
    if (earlier === undefined) continue;
    const held = smaller(earlier.overpaid, books.overpaid);
    const lines: PaidLine[] = [];
    const taken = held - allocate(rows, books.story.terms.allocation, { ...credit, on, amount: held }, lines);
    const parts = partsOf([...earlier.lines, ...lines]);
    books.posted[index] = {
      ...earlier,
      parts,
      overpaid: earlier.overpaid - taken,
      lines: [...earlier.lines, ...lines],
    };
    books.overpaid -= taken;
    books.balance -= partsOf(lines).principal;
  }
};

/** Pays the charges that are due with a payout out of it: the principal is owed in full, less of it is paid out. */
const keepBack = (books: Books, fact: Extract<LoanFact, { kind: 'disbursement' }>): void => {
  const charges = keptBack(books.story, books.rows, fact);
  const parts = noPortions();
  for (const { portion, amount } of charges) parts[portion] += amount;
  if (sumOf(parts) === 0n) return;
  books.kept.push(...charges);
  note(books, fact, 'disbursement-charge', sumOf(parts), parts, 0n, []);
};

/**
 * Money that goes back to the borrower: first what was overpaid. The principal is owed again, with the next
 * installment, or with one of its own after the last.
 */
const reopen = (books: Books, fact: Extract<LoanFact, { kind: 'chargeback' | 'credit-balance-refund' }>): void => {
  const held = smaller(fact.amount, books.overpaid);
  const principal = fact.amount - held;
  books.overpaid -= held;
  books.balance += principal;
  if (principal > 0n) {
    const row = nextRow(books.rows, fact.on);
    row.owed.principal += fact.amount;
    books.reopened.push({ on: fact.on, amount: fact.amount });
    settle(row, fact.on);
    pay(row, 'principal', fact.on, held);
  }
  note(books, fact, fact.kind, fact.amount, { ...noPortions(), principal }, held, []);
};

const nextRow = (rows: Row[], on: Day): Row => {
  const planned = rows.filter(({ isAfterTheEnd }) => !isAfterTheEnd);
  const later = planned.find(({ due, kind }) => kind === 'additional' || (kind !== 'down-payment' && due > on));
  const last = planned.at(-1);
  if (later === undefined && last?.due === on) return last;
  if (later !== undefined && later.kind !== 'additional') return later;
  return additional(rows, on);
};

const waive = (books: Books, fact: Extract<LoanFact, { kind: 'charge-waiver' }>): void => {
  const parts = noPortions();
  for (const [index, row] of books.rows.entries()) {
    if (fact.installment !== undefined && fact.installment !== index + 1) continue;
    const { fee, penalty } = waiveCharge(row, fact.of);
    parts.fee += fee;
    parts.penalty += penalty;
    settle(row, fact.on);
  }
  note(books, fact, fact.kind, sumOf(parts), parts, 0n, []);
};

const writeOff = (books: Books, fact: LoanFact, isNoted = true): void => {
  const open = openOf(books.rows);
  for (const row of books.rows) {
    for (const portion of PORTIONS) row.writtenOff[portion] += left(row, portion);
    settle(row, fact.on);
  }
  books.balance -= open.principal;
  books.isWrittenOff = true;
  if (isNoted) note(books, fact, fact.kind, sumOf(open), open, 0n, []);
};

/** What is left to pay of installments. */
export const openOf = (rows: readonly Row[]): Portions => {
  const open = noPortions();
  for (const row of rows) for (const portion of PORTIONS) open[portion] += left(row, portion);
  return open;
};

const partsOf = (lines: readonly PaidLine[]): Portions => {
  const parts = noPortions();
  for (const { amount, portion } of lines) parts[portion] += amount;
  return parts;
};

const note = (
  books: Books,
  { id, on }: { readonly id: string; readonly on: Day },
  kind: string,
  amount: bigint,
  parts: Portions,
  overpaid: bigint,
  lines: readonly PaidLine[],
): void => {
  // Money may come before what it pays was lent.
  const balance = larger(books.balance, 0n);
  books.posted.push({ fact: id, kind, on, amount, parts, overpaid, balance, lines });
};
