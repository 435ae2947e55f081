import type { BorrowerStanding, CapInForce, Decision, FourEyes, OfferingInForce } from '../domain/application';
import { type Indebtedness, standingOf } from '../domain/borrower';
import { type PaidByPromise, promisesOf } from '../domain/collections';
import { isInUse } from '../domain/creditline';
import {
  type ApplicationId,
  applicationIdSchema,
  assert,
  type BorrowerId,
  type BusinessDate,
  type CaseId,
  creditLineId,
  HOUSE_PERIODS,
  type LoanId,
  loanId,
  loanIdSchema,
  type MandateId,
  type MoneyText,
  mandateId,
  type ProductId,
  policyIdSchema,
} from '../domain/kernel';
import type { ClosedPeriods } from '../domain/ledger';
import {
  type ArrearsStanding,
  arrearsStandingOf,
  duesOn,
  type LoanDues,
  type LoanState,
  standingOf as loanStandingOf,
  type PaidInto,
  type Payee,
  paidIntoOf,
  payoffOn,
  repaidBetween,
} from '../domain/loan';
import { type DebitStanding, debitStandingOf } from '../domain/mandate';
import { capInForce, offeringInForce } from '../domain/product';
import type { LoanStanding } from '../domain/repayment';
import { aggregates } from './aggregates';
import type { StateReader } from './entry';

/** Facts that deciders ask for, read from the streams that own them. */

export const borrowerStanding = async (read: StateReader, id: BorrowerId): Promise<BorrowerStanding> =>
  standingOf((await read.load(aggregates.borrower, id)).state);

/** Whether a borrower owes, or has asked to owe, anything: what the credit line holds reserved or drawn. */
export const indebtedness = async (read: StateReader, id: BorrowerId): Promise<Indebtedness> => ({
  hasDebt: isInUse((await read.load(aggregates.creditLine, creditLineId(id))).state),
});

/** The offering that is published under a product id right now. */
export const offeringOnOffer = async (read: StateReader, id: ProductId): Promise<OfferingInForce | undefined> =>
  offeringInForce((await read.load(aggregates.product, id)).state);

/** The legal cap on a product's all-in rate on a day. */
export const productCap = async (read: StateReader, id: ProductId, on: BusinessDate): Promise<CapInForce> => {
  const { state } = await read.load(aggregates.product, id);
  assert(state.status !== 'none' && state.offering !== undefined, `${id} was applied for but has no offering`);
  return { cap: capInForce(state.offering.jurisdiction, state.offering.licence, on) };
};

export const applicationCap = async (read: StateReader, id: ApplicationId, on: BusinessDate): Promise<CapInForce> => {
  const { state } = await read.load(aggregates.application, id);
  assert(state.status !== 'none', `${id} has not been submitted`);
  return productCap(read, state.productId, on);
};

/** The limit above which it takes two reviewers, by the version of the policy that referred the application. */
const fourEyes = async (read: StateReader, { name, hash }: Decision['policy']): Promise<FourEyes> => {
  const id = policyIdSchema.safeParse(`policy-${name}`);
  const version = id.success ? (await read.load(aggregates.policy, id.data)).state.versions.get(hash) : undefined;
  return version ? { fourEyesAbove: version.document.fourEyesAbove } : {};
};

/** What a reviewer's decision needs: the legal cap, and whether two are needed. */
export const reviewFacts = async (
  read: StateReader,
  id: ApplicationId,
  on: BusinessDate,
): Promise<CapInForce & FourEyes> => {
  const { state } = await read.load(aggregates.application, id);
  const cap = await applicationCap(read, id, on);
  return state.status === 'referred' ? { ...cap, ...(await fourEyes(read, state.decision.policy)) } : cap;
};

export const loanStanding = (state: LoanState, on: BusinessDate): LoanStanding => loanStandingOf(state, on);

/** How far the books are closed. */
export const closedPeriods = async (read: StateReader): Promise<ClosedPeriods> => {
  const { state } = await read.load(aggregates.period, HOUSE_PERIODS);
  return state.status === 'open' ? {} : { closedThrough: state.through };
};

/** What was repaid of each promise that a case holds, by the loans themselves. */
const paidOf = async (read: StateReader, id: CaseId, about: (loan: LoanId, promise: string) => boolean) => {
  const paid: Record<string, MoneyText> = {};
  for (const { promiseId, loanId, madeOn, by } of promisesOf((await read.load(aggregates.case, id)).state)) {
    if (!about(loanId, promiseId)) continue;
    const repaid = repaidBetween((await read.load(aggregates.loan, loanId)).state, madeOn, by);
    if (repaid !== undefined) paid[promiseId] = repaid;
  }
  return paid;
};

/** How a loan stands for those who collect, and what was repaid of what was promised for it. */
export const noteOfLoan = async (
  read: StateReader,
  { caseId, loanId }: { readonly caseId: CaseId; readonly loanId: LoanId },
  on: BusinessDate,
): Promise<{ readonly standing: ArrearsStanding; readonly paid: PaidByPromise }> => ({
  standing: arrearsStandingOf((await read.load(aggregates.loan, loanId)).state, on),
  paid: await paidOf(read, caseId, (loan) => loan === loanId),
});

export const paidOfPromise = (
  read: StateReader,
  { caseId, promiseId }: { readonly caseId: CaseId; readonly promiseId: string },
): Promise<PaidByPromise> => paidOf(read, caseId, (_loan, promise) => promise === promiseId);

/** What a promise is measured by: all that closes the loan today, and what has been repaid today so far. */
export const standingForPromise = async (
  read: StateReader,
  id: LoanId,
  today: BusinessDate,
): Promise<{ readonly owed: MoneyText | undefined; readonly paidToday: MoneyText | undefined }> => {
  const { state } = await read.load(aggregates.loan, id);
  return { owed: payoffOn(state, today)?.total, paidToday: repaidBetween(state, today, today) };
};

/** What is unpaid of a loan's installments that are due by the end of a day. */
export const loanDues = async (read: StateReader, id: LoanId, on: BusinessDate): Promise<LoanDues> =>
  duesOn((await read.load(aggregates.loan, id)).state, on);

/** A bound card as it may be told: its bank and last digits. */
export const cardOf = async (read: StateReader, id: BorrowerId, cardId: string): Promise<Payee | undefined> => {
  const { state } = await read.load(aggregates.borrower, id);
  const card = 'cards' in state ? state.cards.find((bound) => bound.cardId === cardId) : undefined;
  return card && { cardId, bank: card.bank, lastFour: card.lastFour };
};

export const borrowerOfMandate = async (read: StateReader, id: MandateId): Promise<BorrowerStanding> => {
  const { state } = await read.load(aggregates.mandate, id);
  return state.status === 'none'
    ? { status: 'unknown', cards: [], consents: [] }
    : borrowerStanding(read, state.borrowerId);
};

/** What may be debited of a loan under its mandate right now. */
export const debitStanding = async (read: StateReader, id: LoanId): Promise<DebitStanding> =>
  debitStandingOf((await read.load(aggregates.mandate, mandateId(id))).state);

/** The loans that a split of a receipt names, each once. */
export const loansOfSplit = async (
  read: StateReader,
  split: readonly { readonly loanId: LoanId }[],
  on: BusinessDate,
): Promise<readonly PaidInto[]> => {
  const found: PaidInto[] = [];
  for (const loanId of new Set(split.map((part) => part.loanId))) {
    found.push(paidIntoOf(loanId, (await read.load(aggregates.loan, loanId)).state, on));
  }
  return found;
};

/** The loan that words name exactly: by its own id, or by that of its application. */
export const loanNamedIn = async (
  read: StateReader,
  words: string | undefined,
  on: BusinessDate,
): Promise<PaidInto | undefined> => {
  const text = words?.trim().toLowerCase();
  const application = applicationIdSchema.safeParse(text).data;
  const named = application === undefined ? loanIdSchema.safeParse(text).data : loanId(application);
  return named && paidIntoOf(named, (await read.load(aggregates.loan, named)).state, on);
};
