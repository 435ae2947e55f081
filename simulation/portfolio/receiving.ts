import { type BusinessDate, formatMoney, type MoneyText, parseMoney, sumMoney, unreachable } from '../../domain/kernel';
import { acknowledgementSchema, type OverdueLoan, type Receipt, receiptsSchema, worklistSchema } from './answers';
import { Caller, done, type Line } from './caller';

/** The channel that people and organisations transfer money through. */
export const BANK = 'bankwire';

/** Loans that an agency hands over money for in one sum. */
const LOANS_OF_ONE = 3;

/** What comes in by itself, and what is done about it; each on the open day that is this share of all. */
const HAPPENINGS = [
  { at: 0.3, what: 'from-an-agency' },
  { at: 0.4, what: 'with-a-reference' },
  { at: 0.45, what: 'without-a-word' },
  { at: 0.5, what: 'in-error' },
  { at: 0.52, what: 'paid-back' },
  { at: 0.55, what: 'matched-later' },
  { at: 0.7, what: 'from-an-agency' },
  { at: 0.9, what: 'unreadable' },
] as const;
type Happening = (typeof HAPPENINGS)[number]['what'];

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** Sent by somebody who says nothing, by mistake, and by somebody whom nobody can make out. */
const WITHOUT_A_WORD = cny('260.00');
const IN_ERROR = cny('88.00');
const UNREADABLE = cny('150.00');

const AGENCY = { kind: 'collection-agency', name: 'Clearwater Recoveries' };
const SOMEBODY = { kind: 'person', account: { bank: 'Harbour Bank', lastFour: '0042' } };

/** Money that comes in by itself: from an agency with its list, and from people, with a word and without. */
export class Receiving {
  readonly #line: Line;
  readonly #finance: Caller;
  readonly #collector: Caller;
  readonly #days: number;

  private constructor(line: Line, finance: Caller, collector: Caller, days: number) {
    this.#line = line;
    this.#finance = finance;
    this.#collector = collector;
    this.#days = days;
  }

  /** @param days how many open days there will be */
  static async by(line: Line, finance: Caller, days: number): Promise<Receiving> {
    return new Receiving(line, finance, await Caller.as(line, 'collector', 'collector-2', 'receivables'), days);
  }

  /** What comes in on an open day, counted from 0. */
  async work(day: number, date: BusinessDate): Promise<void> {
    for (const [nth, { at, what }] of HAPPENINGS.entries()) {
      if (Math.floor(at * this.#days) === day) await this.#happens(what, `${date}-${nth}`, date);
    }
  }

  async #happens(what: Happening, name: string, date: BusinessDate): Promise<void> {
    switch (what) {
      case 'from-an-agency': {
        const lines = (await this.#overdue()).map(({ loanId, overdue: amount }) => ({ loanId, amount }));
        if (lines.length === 0) return;
        const amount = formatMoney(
          sumMoney(
            lines.map((line) => parseMoney(line.amount)),
            'CNY',
          ),
        );
        return this.#receive(name, date, amount, { payer: AGENCY, lines });
      }
      case 'with-a-reference': {
        const [loan] = await this.#overdue();
        if (loan) await this.#receive(name, date, loan.overdue, { payer: SOMEBODY, reference: loan.loanId });
        return;
      }
      case 'without-a-word':
        return this.#receive(name, date, WITHOUT_A_WORD, { payer: SOMEBODY });
      case 'in-error':
        return this.#receive(name, date, IN_ERROR, { payer: SOMEBODY, reference: 'rent for March' });
      case 'unreadable':
        return this.#receive(name, date, UNREADABLE, { payer: SOMEBODY, reference: 'the loan of Mr W.' });
      case 'paid-back':
        return this.#payBack(name, date);
      case 'matched-later':
        return this.#match(name);
      default:
        return unreachable(what);
    }
  }

  /** Those that are most overdue, by the collectors' worklist. */
  async #overdue(): Promise<readonly OverdueLoan[]> {
    const path = `/v1/cases?order=overdue&limit=${LOANS_OF_ONE}`;
    const { items } = done(await this.#collector.get(path, worklistSchema), 'overdue');
    return items.flatMap(({ loans }) => loans.filter(({ overdue }) => parseMoney(overdue).minor > 0n).slice(0, 1));
  }

  async #receive(name: string, receivedOn: BusinessDate, amount: MoneyText, about: object): Promise<void> {
    const channelReference = `in-${name}`;
    await this.#line.house.transfer({
      channel: BANK,
      movement: 'received',
      key: channelReference,
      amount,
      on: receivedOn,
    });
    const body = { channel: BANK, channelReference, amount, receivedOn, ...about };
    const recorded = await this.#finance.post('/v1/receipts', body, `receive ${name}`, acknowledgementSchema);
    if (recorded.kind === 'done') return;
    // A loan on the list takes no more money: all of it waits for somebody to find out.
    const unsplit = { ...body, lines: [] };
    done(await this.#finance.post('/v1/receipts', unsplit, `unsplit ${name}`, acknowledgementSchema), 'receive');
  }

  /** Of what nobody has found a loan for: the receipt of an amount. */
  async #inSuspense({ amount }: MoneyText): Promise<Receipt | undefined> {
    const path = '/v1/receipts?state=suspense&limit=100';
    const { items } = done(await this.#finance.get(path, receiptsSchema), 'suspense');
    return items.find(({ suspense }) => suspense.amount === amount);
  }

  async #payBack(name: string, on: BusinessDate): Promise<void> {
    const receipt = await this.#inSuspense(IN_ERROR);
    if (receipt === undefined) return;
    const { suspense: amount, id } = receipt;
    const path = `/v1/receipts/${id}/refund`;
    const asked = { amount, reason: 'sent in error, they say' };
    done(await this.#finance.post(path, asked, `refund ${id}`, acknowledgementSchema), 'refund');
    const channelReference = `back-${name}`;
    await this.#line.house.transfer({ channel: BANK, movement: 'returned', key: channelReference, amount, on });
    const paid = { outcome: 'settled', channelReference, settledOn: on };
    done(await this.#finance.post(`${path}/outcome`, paid, `refunded ${id}`, acknowledgementSchema), 'refunded');
  }

  /** The payer has called. */
  async #match(name: string): Promise<void> {
    const [receipt, [loan]] = [await this.#inSuspense(WITHOUT_A_WORD), await this.#overdue()];
    if (receipt === undefined || loan === undefined) return;
    const lines = [{ loanId: loan.loanId, amount: receipt.suspense }];
    const path = `/v1/receipts/${receipt.id}/matches`;
    // Where that loan has ended meanwhile it stays in suspense.
    await this.#finance.post(path, { lines }, `match ${name}`, acknowledgementSchema);
  }
}
