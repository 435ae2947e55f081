import { z } from 'zod';
import { addDays, type BusinessDate, formatMoney, type Money, moneyOf } from '../../domain/kernel';
import { Caller, done, type Line } from './caller';

const openedSchema = z.object({ links: z.object({ account: z.string() }) });
const instructedSchema = z.object({ id: z.string(), status: z.string() });
const balanceSchema = z.object({
  currencies: z.array(
    z.object({
      currency: z.string(),
      rows: z.array(z.object({ account: z.string(), debit: z.string(), credit: z.string() })),
    }),
  ),
});

const CUSTODY_CASH = '1001';

/** Open days from one look at the account to the next. */
const LOOKS_EVERY = 5;

const OWNER = { kind: 'house', name: 'Usance', account: { bank: 'Harbour Bank', accountNumber: '0200123456789' } };

/**
 * The house's own money at the custody bank, through which everything is paid out and comes in: its capital is brought
 * in before the first loan. Once a week what the coming days need is left there: less than half of it is topped up,
 * more than half as much again goes back to the house's account elsewhere, which takes a second person when it is much.
 */
export class Treasury {
  readonly #finance: Caller;
  readonly #second: Caller;
  readonly #needed: Money;
  readonly #account: string;

  private constructor(finance: Caller, second: Caller, needed: Money, account: string) {
    this.#finance = finance;
    this.#second = second;
    this.#needed = needed;
    this.#account = account;
  }

  /** Opens the account and brings in twice what is needed: the first weeks only lend. */
  static async open(line: Line, needed: Money): Promise<Treasury> {
    const [finance, second] = await Promise.all([
      Caller.as(line, 'finance', 'treasurer-1', 'treasurer'),
      Caller.as(line, 'finance', 'treasurer-2', 'second treasurer'),
    ]);
    const body = { owner: OWNER, currency: needed.currency };
    const { links } = done(await finance.post('/v1/custody/accounts', body, 'open custody', openedSchema), 'open');
    await line.house.settle();
    const treasury = new Treasury(finance, second, needed, links.account);
    await treasury.#instruct('top-ups', needed.minor * 2n, 'capital');
    await line.house.settle();
    return treasury;
  }

  /** Looks at what the evening before has left, on some mornings. */
  async look(day: number, date: BusinessDate): Promise<void> {
    if (day % LOOKS_EVERY !== 0 || day === 0) return;
    const { minor: needed } = this.#needed;
    const cash = await this.#cashOn(addDays(date, -1));
    if (cash < needed / 2n) await this.#instruct('top-ups', needed - cash, `top up ${date}`);
    if (cash > needed + needed / 2n) await this.#instruct('withdrawals', cash - needed, `withdraw ${date}`);
  }

  /** By the books, in minor units. */
  async #cashOn(date: BusinessDate): Promise<bigint> {
    const path = `/v1/finance/trial-balance?on=${date}`;
    const { currencies } = done(await this.#finance.get(path, balanceSchema), path);
    const books = currencies.find(({ currency }) => currency === this.#needed.currency);
    const row = books?.rows.find(({ account }) => account === CUSTODY_CASH);
    const minor = (text: string): bigint => BigInt(text.replace('.', ''));
    return row === undefined ? 0n : minor(row.debit) - minor(row.credit);
  }

  async #instruct(what: 'top-ups' | 'withdrawals', minor: bigint, name: string): Promise<void> {
    const amount = formatMoney(moneyOf(minor, this.#needed.currency));
    const path = `${this.#account}/${what}`;
    const { id, status } = done(await this.#finance.post(path, { amount }, name, instructedSchema), name);
    if (status !== 'awaiting-approval') return;
    const approval = `/v1/custody/instructions/${id}/approval`;
    done(await this.#second.post(approval, { note: 'not needed here' }, name, instructedSchema), `approve ${name}`);
  }
}
