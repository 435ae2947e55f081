import { performance } from 'node:perf_hooks';
import type { CommandBus, CommandRequest } from '../commands';
import {
  type Actor,
  addMonths,
  applicationId,
  creditLineId,
  instantAt,
  loanId,
  payoutId,
  repaymentId,
} from '../domain/kernel';
import { entryFor, ledgerIdFor } from '../domain/ledger';
import { becomingCustomer, consentOf, customerOf } from './customer';
import { type Done, nameOf, windowed } from './support';
import {
  type Accepted,
  AMOUNT,
  ASKED,
  approvalOn,
  CONTRACT,
  give,
  HOUSE,
  LENT_ON,
  morningOf,
  offerOn,
  PRODUCT_ID,
} from './town';

/** A clock that is set by hand. */
export interface HandClock {
  now(): number;
  set(epochMs: number): void;
}

export const handClock = (): HandClock => {
  let now = morningOf(LENT_ON);
  return {
    now: () => now,
    set: (epochMs) => {
      now = epochMs;
    },
  };
};

const OFFER = offerOn(LENT_ON);
const CHANNEL = 'bench';

/** Months after the disbursement on which something happens to every loan; the last one ends it. */
const MONTHS = [1, 2, 3] as const;

/** Somebody who becomes a customer, borrows, repays and is done, command by command, as the house's sagas have it. */
class Life {
  readonly #bus: CommandBus;
  readonly #latencies: number[];
  readonly #customer;
  readonly #application;
  readonly #loan;
  readonly #line;
  #commands = 0;
  /** What somebody asked of the house last: all that the house does then is part of it. */
  #correlation = '';

  constructor(bus: CommandBus, n: number, latencies: number[]) {
    this.#bus = bus;
    this.#latencies = latencies;
    this.#customer = customerOf(n);
    this.#application = applicationId(nameOf(`application ${n}`));
    this.#loan = loanId(this.#application);
    this.#line = creditLineId(this.#customer.id);
  }

  /** From registration to money on the card. */
  async borrow(): Promise<void> {
    const { n, id: borrowerId, actor, cardId } = this.#customer;
    const [application, loan, line] = [this.#application, this.#loan, this.#line];
    for (const { request, actor: by } of becomingCustomer(this.#customer)) await this.#give(request, by);
    await this.#give(
      { type: 'SubmitApplication', data: { applicationId: application, borrowerId, cardId, ...ASKED } },
      actor,
    );
    const reserved = { creditLineId: line, applicationId: application, amount: AMOUNT };
    await this.#give({ type: 'ReserveCredit', data: reserved });
    await this.#give({ type: 'StartDecision', data: { applicationId: application } });
    const decision = approvalOn(LENT_ON, consentOf(n, 'credit-bureau'));
    await this.#give({ type: 'RecordDecision', data: { applicationId: application, decision, offer: OFFER } });
    const accepted = { applicationId: application, borrowerId, quoteHash: OFFER.quoteHash, contract: CONTRACT };
    await this.#give({ type: 'AcceptOffer', data: accepted }, actor);
    await this.#give({ type: 'RequestSignature', data: { applicationId: application, borrowerId } }, actor);
    const { documentHash } = CONTRACT;
    const signedAt = instantAt(morningOf(LENT_ON));
    const evidence = { authority: 'ca', reference: `s-${n}`, keyId: 'k1', signature: 'c2ln'.repeat(20), signedAt };
    await this.#give({ type: 'RecordSignature', data: { applicationId: application, documentHash, evidence } });
    await this.#payOut(loan, { cardId, bank: 'Test Bank', lastFour: '4242' });
    const drawn = { creditLineId: line, applicationId: application, loanId: loan, amount: AMOUNT };
    await this.#give({ type: 'DrawCredit', data: drawn });
  }

  /** A month goes by: an installment falls due and is paid; some pay late, and with a penalty. */
  async month(number: number): Promise<void> {
    const asOf = addMonths(LENT_ON, number);
    await this.#give({ type: 'AgeLoan', data: { loanId: this.#loan, asOf } });
    const pays =
      number === 1 && this.#customer.n % 5 === 0 ? undefined : { amount: '1050.00', currency: 'CNY' as const };
    if (number === MONTHS.at(-1)) await this.#repay(number, { kind: 'payoff' });
    else if (pays) await this.#repay(number, { kind: 'voluntary', amount: pays });
  }

  async #payOut(loan: ReturnType<typeof loanId>, payee: { cardId: string; bank: string; lastFour: string }) {
    const { id: borrowerId } = this.#customer;
    const { documentHash } = CONTRACT;
    const opened = { loanId: loan, applicationId: this.#application, borrowerId, productId: PRODUCT_ID };
    await this.#give({ type: 'OpenLoan', data: { ...opened, contract: OFFER, documentHash, payee } });
    const payout = payoutId(loan);
    const asked = { payoutId: payout, loanId: loan, borrowerId, amount: AMOUNT, payee, documentHash };
    await this.#give({ type: 'RequestPayout', data: asked });
    const effectId = `${payout}.1`;
    await this.#give({ type: 'SubmitPayout', data: { payoutId: payout, channel: CHANNEL, effectId } });
    const answer = { outcome: 'settled', channelReference: `c-${effectId}`, settledOn: LENT_ON } as const;
    await this.#give({ type: 'RecordPayoutOutcome', data: { payoutId: payout, effectId, answer } });
    const disbursed = { loanId: loan, payoutId: payout, amount: AMOUNT, settledOn: LENT_ON, channel: CHANNEL };
    await this.#give({ type: 'DisburseLoan', data: disbursed });
  }

  async #repay(
    month: number,
    what: { kind: 'payoff' } | { kind: 'voluntary'; amount: { amount: string; currency: 'CNY' } },
  ): Promise<void> {
    const { id: borrowerId, actor, n } = this.#customer;
    const id = repaymentId(nameOf(`repayment ${n} ${month}`));
    const effectId = `${id}.1`;
    const initiated = { repaymentId: id, loanId: this.#loan, borrowerId, channel: CHANNEL, effectId, ...what };
    await this.#give({ type: 'InitiateRepayment', data: initiated }, actor);
    const valueDate = addMonths(LENT_ON, month);
    const answer = { outcome: 'settled', channelReference: `c-${effectId}`, settledOn: valueDate } as const;
    const outcome = await this.#give({ type: 'RecordRepaymentOutcome', data: { repaymentId: id, effectId, answer } });
    for (const settled of outcome.events) {
      if (settled.type !== 'RepaymentSettled') continue;
      const { amount } = settled.data;
      const taken = await this.#give({
        type: 'ApplyRepayment',
        data: { loanId: this.#loan, repaymentId: id, amount, valueDate },
      });
      await this.#allocated(taken);
    }
  }

  async #allocated({ events }: Accepted): Promise<void> {
    for (const applied of events) {
      if (applied.type !== 'RepaymentApplied') continue;
      const { repaymentId: id, totals, unapplied, recovered } = applied.data;
      await this.#give({ type: 'RecordAllocation', data: { repaymentId: id, totals, unapplied, recovered } });
      const restored = { creditLineId: this.#line, loanId: this.#loan, cause: applied.id, amount: totals.principal };
      await this.#give({ type: 'RestoreCredit', data: restored });
    }
  }

  /** Gives a command, and books what its facts do to the books. */
  async #give(request: CommandRequest, actor: Actor = HOUSE): Promise<Accepted> {
    const accepted = await this.#timed(request, actor);
    for (const event of accepted.events) {
      const [books, entry] = [ledgerIdFor(event), entryFor(event)];
      if (books && entry) await this.#timed({ type: 'PostEntry', data: { ledgerId: books, entry } }, HOUSE);
    }
    return accepted;
  }

  async #timed(request: CommandRequest, actor: Actor): Promise<Accepted> {
    this.#commands += 1;
    const name = `${this.#customer.n}/${this.#commands}`;
    if (actor !== HOUSE) this.#correlation = `request ${name}`;
    const begun = performance.now();
    const accepted = await give(this.#bus, name, request, actor, this.#correlation);
    this.#latencies.push(performance.now() - begun);
    return accepted;
  }
}

/**
 * Plays so many whole lives, so many commands in flight: first all borrow, then month by month all repay. What is
 * counted are commands; the same lives give the same commands with the same ids in every run.
 */
export const playLives = async (bus: CommandBus, clock: HandClock, count: number, inFlight: number): Promise<Done> => {
  const latencies: number[] = [];
  const lives = Array.from({ length: count }, (_, n) => new Life(bus, n, latencies));
  clock.set(morningOf(LENT_ON));
  await windowed(count, inFlight, async (index) => lives[index]?.borrow());
  for (const month of MONTHS) {
    clock.set(morningOf(addMonths(LENT_ON, month)));
    await windowed(count, inFlight, async (index) => lives[index]?.month(month));
  }
  return { operations: latencies.length, latencies: Float64Array.from(latencies) };
};
