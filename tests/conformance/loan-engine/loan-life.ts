import { type Day, dateOf } from '../../../domain/calendar';
import { assert } from '../../../domain/kernel';
import type { LoanTerms } from '../../../domain/schedule/loan-terms';
import type { AccountTransaction, LoanAccount, LoanAgreement, LoanFact } from '../../../domain/schedule/replay';
import { type Accrual, accrualOf, activitiesOf, earnedBy, earnedInAll, isNothing } from './accruals';
import type { Catalogue } from './case-steps';
import type { CaseTerms } from './case-terms';
import type { Engine, ShownPosting } from './engine';
import { day, minorOf } from './figures';
import { madeAnew } from './made-anew';
import { agreementOf, decimalsOf, loanTermsOf } from './terms-of-case';
import { type LabelledTransaction, labelled } from './transaction-rows';

/** A fact without what its loan's life adds: its id and the day on which it became known. */
export type NewFact = LoanFact extends infer Fact
  ? Fact extends LoanFact
    ? Omit<Fact, 'id' | 'knownOn'>
    : never
  : never;

const trancheOf = ({ on, amount }: { readonly on: Day; readonly amount: bigint }) => ({ on, amount });

const isSame =
  (one: AccountTransaction) =>
  ({ fact, kind }: AccountTransaction): boolean =>
    fact === one.fact && kind === one.kind;

/**
 * The life of one case's loan: the business date, what is known so far, and the day that its figures are as of. The
 * source works figures out when something is done to a loan and at close of business (which accrues for the day before
 * the business date); moving the business date alone changes nothing.
 */
export class LoanLife {
  readonly terms: CaseTerms;
  loanTerms: LoanTerms;
  readonly decimals: number;
  readonly catalogue: Catalogue;
  readonly facts: LoanFact[] = [];
  readonly #undone: LabelledTransaction[] = [];
  readonly #accruals: Accrual[] = [];
  readonly #engine: Engine;
  #closedThrough: Day | undefined;
  #ids = 0;
  #today: Day | undefined;
  #asOf: Day | undefined;
  #agreement: LoanAgreement | undefined;
  #expectedOn: Day | undefined;

  constructor(engine: Engine, terms: CaseTerms, catalogue: Catalogue) {
    this.#engine = engine;
    this.terms = terms;
    this.loanTerms = loanTermsOf(terms);
    this.decimals = decimalsOf(terms);
    this.catalogue = catalogue;
  }

  get today(): Day {
    assert(this.#today !== undefined, 'a life begins by setting the business date');
    return this.#today;
  }

  get isApproved(): boolean {
    return this.#agreement !== undefined;
  }

  get isCharged(): boolean {
    return this.loanTerms.charges.length > 0 || this.standing('charge').length > 0;
  }

  get agreement(): LoanAgreement {
    assert(this.#agreement !== undefined, 'the loan was approved');
    return this.#agreement;
  }

  /** Cases may go back in time: what was charged by then stays charged. */
  moveTo(today: Day): void {
    this.#today = today;
    for (const [index, fact] of this.facts.entries()) {
      if (fact.kind === 'charge' && fact.on > today) this.facts[index] = { ...fact, on: today };
    }
  }

  approve(amount: string, expectedOn: Day): void {
    this.#agreement = agreementOf(this.terms, amount, expectedOn);
    this.#expectedOn = expectedOn;
    this.#asOf = this.today;
  }

  undoApproval(): void {
    this.#agreement = undefined;
  }

  /** One more tranche is expected; those that were paid out were expected too. */
  expectTranche(on: Day, amount: bigint): void {
    const known = this.agreement.expectedTranches ?? this.standing('disbursement');
    this.#agreement = { ...this.agreement, expectedTranches: [...known.map(trancheOf), { on, amount }] };
  }

  /** What is paid out takes the place of the oldest tranche that is still expected: so much of it, and no other. */
  drawTranche(amount: bigint): void {
    const { expectedTranches } = this.agreement;
    const paidOut = this.standing('disbursement').length;
    const tranche = expectedTranches?.[paidOut];
    if (expectedTranches === undefined || tranche === undefined) return;
    const drawn = expectedTranches.with(paidOut, { ...tranche, amount });
    this.#agreement = { ...this.agreement, expectedTranches: drawn };
  }

  /** The last tranche that was paid out is not expected any more. */
  forgetLastTranche(): void {
    const { expectedTranches } = this.agreement;
    const paidOut = this.standing('disbursement').length;
    if (expectedTranches === undefined) return;
    this.#agreement = { ...this.agreement, expectedTranches: expectedTranches.toSpliced(paidOut - 1, 1) };
  }

  /** A charge that is due with the payouts to come is one of the loan's terms. */
  agreeCharge(charge: LoanTerms['charges'][number]): void {
    const others = this.loanTerms.charges.filter(({ name }) => name !== charge.name);
    this.loanTerms = { ...this.loanTerms, charges: [...others, charge] };
  }

  /**
   * Close of business: figures are those of the business date, accruals those of the day before; after the first one
   * for every day since the last.
   */
  closeDay(): void {
    const day = this.today - 1;
    this.#asOf = this.today;
    // The source closes no days of loans that are over.
    if (this.#closedOn() !== undefined) return;
    for (let each = Math.min(day, (this.#closedThrough ?? day - 1) + 1); each <= day; each += 1) this.#accrue(each);
    this.#closedThrough = day;
  }

  /** What was accrued so far; what each installment earned that came due, where the product tells that. */
  get accruals(): { readonly accruals: readonly Accrual[]; readonly activities: readonly Accrual[] } {
    const { accrualActivityPosting } = this.terms;
    const closed = this.#closedOn();
    const through = closed === undefined ? this.#closedThrough : Math.max(closed.on, this.#closedThrough ?? closed.on);
    const isTold = accrualActivityPosting === true && through !== undefined;
    const activities = isTold ? activitiesOf(this.account(), through, closed?.on) : [];
    return { accruals: this.#accruals, activities };
  }

  #accrue(on: Day): void {
    if (this.standing('disbursement').length === 0) return;
    const account = this.account();
    if (account.status === 'charged-off') return;
    const isOver = this.#closedOn() !== undefined;
    const earned = isOver ? earnedInAll(account) : earnedBy(account, on, this.#interestBy(on));
    const accrual = accrualOf(earned, this.#accruals, on);
    if (!isNothing(accrual)) this.#accruals.push(accrual);
  }

  /** Interest by a day, where it follows payments: what would close the loan then, and what was paid. */
  #interestBy(on: Day): bigint | undefined {
    const { recalculation } = this.loanTerms;
    if (recalculation === undefined) return undefined;
    const toTheDay = { ...this.loanTerms, recalculation: { ...recalculation, payoffUntil: 'payoff-date' as const } };
    const { installments } = this.#engine.replay(this.loanTerms, this.agreement, this.facts, on);
    const paid = installments.reduce((sum, row) => sum + row.paid.interest, 0n);
    return paid + this.#engine.payoff(toTheDay, this.agreement, this.facts, on).interest;
  }

  #closedOn(): { readonly on: Day } | undefined {
    if (this.standing('disbursement').length === 0) return undefined;
    const { status, transactions } = this.account();
    const last = transactions.findLast(({ undone }) => !undone);
    return (status === 'closed' || status === 'overpaid') && last !== undefined ? { on: last.on } : undefined;
  }

  /** A loan that is over, or charged off, has earned all that it ever will. */
  #accrueWhatIsOver(fact: NewFact): void {
    if (fact.kind === 'disbursement') return;
    if (fact.kind === 'charge-off') {
      this.#accrueAt(fact.on);
      return;
    }
    if (this.terms.accounting !== undefined && this.#closedOn() !== undefined) this.#accrue(this.today);
  }

  #accrueAt(on: Day): void {
    const accrual = accrualOf(earnedBy(this.account(), on, this.#interestBy(on)), this.#accruals, on);
    if (!isNothing(accrual)) this.#accruals.push(accrual);
  }

  /** Adds a fact and gives its id. */
  add(fact: NewFact): string {
    const before = this.isCharged && this.standing('disbursement').length > 0 ? this.account() : undefined;
    const id = this.#nextId();
    this.facts.push({ ...fact, id, knownOn: this.today });
    this.#asOf = this.today;
    if (before !== undefined && this.standing('disbursement').length > 0) this.#makeAnew(before);
    if (this.#agreement !== undefined) this.#accrueWhatIsOver(fact);
    return id;
  }

  #nextId(): string {
    this.#ids += 1;
    return `fact-${String(this.#ids).padStart(4, '0')}`;
  }

  /** The source makes a transaction that pays something else now anew: it is known from today on, by another id. */
  #makeAnew(before: LoanAccount): void {
    for (const { id } of madeAnew(before, this.account(), this.counted())) {
      const anew = this.#nextId();
      for (const [index, fact] of this.facts.entries()) {
        if (fact.id === id) this.facts[index] = { ...fact, id: anew, knownOn: this.today };
        else if ('of' in fact && fact.of === id) this.facts[index] = { ...fact, of: anew };
      }
    }
  }

  /**
   * Adds a charge. One that is due after all that was done changes nothing else: the source works no figures out anew,
   * and what is overdue bears no more interest for it.
   */
  charge(charge: Omit<Extract<NewFact, { kind: 'charge' }>, 'on'>): void {
    const asOf = this.#asOf;
    const last = Math.max(...this.counted().map(({ on }) => on), Number.NEGATIVE_INFINITY);
    const isLater = asOf !== undefined && asOf < this.today && charge.dueOn !== undefined && charge.dueOn >= last;
    this.add({ ...charge, on: isLater ? asOf : this.today });
    if (isLater) this.#asOf = asOf;
  }

  /** Undoes a fact. All that it did is kept to be shown, unless it is a disbursement: the source forgets those. */
  undo(id: string, keeps: 'shown' | 'forgotten'): void {
    if (keeps === 'shown') {
      const done = labelled(this.account(), this.facts).filter(({ transaction }) => transaction.fact === id);
      this.#undone.push(...done.map((one) => ({ ...one, reverted: true })));
    }
    this.add({ kind: 'undo', on: this.today, of: id });
  }

  /** The facts of a kind that still count, oldest first. */
  standing<Kind extends LoanFact['kind']>(kind: Kind): readonly Extract<LoanFact, { kind: Kind }>[] {
    return this.counted().filter((fact): fact is Extract<LoanFact, { kind: Kind }> => fact.kind === kind);
  }

  /** The facts that were not undone, oldest first. */
  counted(): readonly LoanFact[] {
    const gone = new Set(this.facts.flatMap((fact) => (fact.kind === 'undo' ? [fact.of] : [])));
    return this.facts.filter((fact) => !gone.has(fact.id));
  }

  account(): LoanAccount {
    return this.#engine.replay(this.loanTerms, this.agreement, this.facts, this.#asOf ?? this.today);
  }

  /** Every transaction that the source would show: those that count, then those that were undone. */
  transactions(): readonly LabelledTransaction[] {
    return [...labelled(this.account(), this.facts), ...this.#undone];
  }

  /** What a transaction books. */
  postings({ transaction }: LabelledTransaction): readonly ShownPosting[] {
    assert(this.#engine.postings !== undefined, 'only cases without a journal are selected where there is none');
    const standing = this.account().transactions.filter(({ undone }) => !undone);
    const at = standing.findIndex(isSame(transaction));
    const before = at < 0 ? standing.filter(({ on }) => on < transaction.on) : standing.slice(0, at);
    const chargeOff = before.findLast(({ kind }) => kind === 'charge-off');
    return this.#engine.postings(this.loanTerms, transaction, chargeOff);
  }

  /** What would close the loan on a day, in all. */
  payoff(on: Day): bigint {
    const { principal, interest, fee, penalty } = this.#engine.payoff(this.loanTerms, this.agreement, this.facts, on);
    return principal + interest + fee + penalty;
  }

  /** Before anything is paid out: the plan of the approved amount on the expected day, or of the expected tranches. */
  expected(): { disbursements: readonly { on: Day; amount: bigint }[]; plan: ReturnType<Engine['plan']> } {
    const agreement = this.#agreement ?? this.#wished();
    const on =
      this.#expectedOn ?? day(this.terms.expectedDisbursementDate ?? this.terms.submittedOn ?? dateOf(this.today));
    const disbursements = agreement.expectedTranches ?? [{ on, amount: agreement.principal }];
    return { disbursements, plan: this.#engine.plan(this.loanTerms, agreement, disbursements, on) };
  }

  /** The same as if it had been paid out: with its charges. */
  foreseen(): LoanAccount {
    const { disbursements } = this.expected();
    const payouts = disbursements.map(
      ({ on, amount }, index): LoanFact => ({ kind: 'disbursement', id: `expected-${index}`, on, knownOn: on, amount }),
    );
    const asOf = disbursements[0]?.on ?? this.today;
    return this.#engine.replay(this.loanTerms, this.#agreement ?? this.#wished(), [...payouts, ...this.facts], asOf);
  }

  /** What was applied for, while nothing is approved. */
  #wished(): LoanAgreement {
    return agreementOf(this.terms, this.terms.principal ?? '0', this.today);
  }

  minor(figure: string): bigint {
    return minorOf(figure, this.decimals);
  }
}
