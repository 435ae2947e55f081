import type { InstructionEvent } from '../../instruction';
import {
  type BusinessDate,
  businessDateSchema,
  type Currency,
  currencySchema,
  isZero,
  type MoneyText,
  parseMoney,
} from '../../kernel';
import type { PayoutEvent } from '../../payout';
import type { ReceiptEvent } from '../../receipt';
import type { RepaymentEvent } from '../../repayment';
import type { ReconciliationEvent } from '../events';
import type { ChannelFacts, ReportedBreak, ReportedMovement } from './channel-report';

interface Recorded {
  readonly stream: string;
  /** Where in the log it lies: texts that sort as the log does. */
  readonly position: string;
  readonly meta: { readonly valueDate: string };
}

/** A recorded fact, as far as a report needs it. */
type ReportedFact = Recorded & (PayoutEvent | RepaymentEvent | ReceiptEvent | InstructionEvent | ReconciliationEvent);

/** The categories of streams whose facts tell what happened between us and a channel. */
export const CHANNEL_HISTORY = ['payout', 'repayment', 'receipt', 'instruction', 'reconciliation'] as const;

/** Whether a fact is one of those: streams of a category hold its aggregate's facts only. */
export const isReported = <Event extends Recorded>(event: Event): event is Event & ReportedFact =>
  CHANNEL_HISTORY.some((category) => event.stream.startsWith(`${category}-`));

interface Moved {
  readonly movement: ReportedMovement;
  readonly position: string;
}

interface Held {
  readonly businessDate: BusinessDate;
  readonly currency: Currency;
}

/**
 * What happened between us and one channel (or the custody bank, which sees the money of all), gathered from the log in
 * its order. A statement is held against all that was there by its date when it came.
 */
export class ChannelHistory {
  readonly #channel: string;
  readonly #isCustody: boolean;
  readonly #currency: Currency;
  /** Those that no statement has been held against. */
  #waiting: Moved[] = [];
  readonly #held: ReportedMovement[] = [];
  readonly #statements = new Map<string, Held>();
  readonly #fees: { readonly on: BusinessDate; readonly amount: MoneyText }[] = [];
  readonly #breaks = new Map<string, ReportedBreak>();

  constructor(of: { readonly channel: string; readonly isCustody: boolean; readonly currency: Currency }) {
    this.#channel = of.channel;
    this.#isCustody = of.isCustody;
    this.#currency = of.currency;
  }

  take(fact: ReportedFact): void {
    switch (fact.type) {
      case 'PayoutSettled':
      case 'RepaymentSettled': {
        const { effectId, amount, valueDate, channel } = fact.data;
        if (!this.#sees(channel)) return;
        this.#move(fact, fact.type === 'PayoutSettled' ? 'out' : 'in', { reference: effectId, amount, valueDate });
        return;
      }
      case 'ReceiptRecorded':
      case 'ReceiptRefunded': {
        const { channelReference: reference, amount, valueDate, channel } = fact.data;
        if (!this.#sees(channel)) return;
        this.#move(fact, fact.type === 'ReceiptRefunded' ? 'out' : 'in', { reference, amount, valueDate });
        return;
      }
      case 'CustodyInstructionSettled':
        this.#moveInCustody(fact);
        return;
      default:
        this.#reconcile(fact);
    }
  }

  /** The custody bank sees the money of all channels. */
  #sees(channel: string): boolean {
    return this.#isCustody || channel === this.#channel;
  }

  #moveInCustody(fact: Extract<ReportedFact, { readonly type: 'CustodyInstructionSettled' }>): void {
    const { effectId, flow, valueDate } = fact.data;
    // What is transferred inside custody is on no statement of what came in and went out.
    if (!this.#isCustody || flow === undefined || (flow.from && flow.to)) return;
    const { amount } = flow;
    this.#move(fact, flow.to === undefined ? 'out' : 'in', { reference: effectId, amount, valueDate });
  }

  /** Nothing has happened between us. */
  get isEmpty(): boolean {
    return this.#waiting.length + this.#held.length + this.#statements.size === 0;
  }

  facts(): ChannelFacts {
    return {
      channel: this.#channel,
      currency: this.#currency,
      movements: [...this.#held, ...this.#waiting.map(({ movement }) => movement)],
      fees: this.#fees,
      breaks: this.#breaks.values(),
    };
  }

  #move(
    { stream, position }: ReportedFact,
    direction: ReportedMovement['direction'],
    moved: Pick<ReportedMovement, 'reference' | 'amount' | 'valueDate'>,
  ): void {
    if (moved.amount.currency !== this.#currency) return;
    this.#waiting.push({ movement: { ...moved, stream, direction }, position });
  }

  #reconcile(fact: ReportedFact): void {
    if (fact.type === 'StatementImported') {
      const { channel, businessDate, theirs } = fact.data;
      const currency = currencySchema.parse(theirs.in.currency);
      if (channel === this.#channel && currency === this.#currency) {
        this.#statements.set(fact.stream, { businessDate, currency });
      }
      return;
    }
    const statement = this.#statements.get(fact.stream);
    if (statement === undefined) return;
    switch (fact.type) {
      case 'MovementsMatched': {
        const { pairs, fees, valueDate } = fact.data;
        this.#holdAgainst(statement.businessDate, pairs.kept === 'hash' ? pairs.through : fact.position);
        if (valueDate !== undefined && !isZero(parseMoney(fees))) this.#fees.push({ on: valueDate, amount: fees });
        return;
      }
      case 'BreakOpened':
        this.#breaks.set(keyOf(fact), { found: fact.data, openedOn: statement.businessDate });
        return;
      case 'BreakAssigned':
        this.#change(fact, { owner: fact.data.owner });
        return;
      case 'BreakExplained':
        this.#change(fact, { end: { on: businessDateSchema.parse(fact.meta.valueDate), by: 'explanation' } });
        return;
      case 'BreakResolved':
        this.#change(fact, { end: { on: fact.data.valueDate, by: fact.data.action } });
        return;
      default:
        return;
    }
  }

  #holdAgainst(heldOn: BusinessDate, through: string): void {
    const isHeld = ({ movement, position }: Moved) => movement.valueDate <= heldOn && position <= through;
    for (const moved of this.#waiting) if (isHeld(moved)) this.#held.push({ ...moved.movement, heldOn });
    this.#waiting = this.#waiting.filter((moved) => !isHeld(moved));
  }

  #change(fact: BreakFact, change: Partial<ReportedBreak>): void {
    const standing = this.#breaks.get(keyOf(fact));
    if (standing !== undefined) this.#breaks.set(keyOf(fact), { ...standing, ...change });
  }
}

type BreakFact = Extract<ReportedFact, { readonly data: { readonly breakId: string } }>;

const keyOf = ({ stream, data }: BreakFact): string => `${stream} ${data.breakId}`;
