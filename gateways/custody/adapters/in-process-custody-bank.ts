import { addDays, formatMoney, moneyOf } from '../../../domain/kernel';
import type { Clock } from '../../../platform/runtime';
import { sha256Of } from '../../../platform/runtime';
import type { CustodyBank } from '../custody-bank';
import { type AccountBook, CustodyBook } from '../custody-book';

const digestOf = (value: unknown): string => sha256Of([Buffer.from(JSON.stringify(value))]);

/** A custody bank in this process: the same books without the wire, for whoever needs a bank and no network. */
export const inProcessCustodyBank = (options: Partial<AccountBook> & { readonly clock: Clock }): CustodyBank => {
  const { clock, throughChannels = () => 0n } = options;
  const book = new CustodyBook({
    referenceOf: (key) => digestOf(key).slice(0, 16),
    earlier: [],
    append: () => undefined,
    throughChannels,
    ...options,
  });
  const unheardOf = { outcome: 'failed', reason: 'no-such-account' } as const;
  const balance: CustodyBank['balance'] = async (date, currency) => {
    const now = clock.now();
    const minor = book.net(date, currency, now) + throughChannels(date, currency, now);
    return { outcome: 'answered', businessDate: date, balance: formatMoney(moneyOf(minor, currency)) };
  };
  return {
    name: 'custody',
    instruct: async ({ effectId, order, businessDate }) => {
      const now = clock.now();
      const standing = book.instruct(effectId, order, { bookedOn: businessDate, settlesAt: now }, now);
      if (standing === 'conflict') return { outcome: 'unknown', reason: 'unexpected-status' };
      if (standing.standing === 'refused') return { outcome: 'failed', reason: standing.refusal.code };
      const { reference, bookedOn } = standing.done;
      return { outcome: 'settled', channelReference: reference, settledOn: bookedOn };
    },
    query: async ({ effectId }) => {
      const standing = book.standing(effectId, clock.now());
      if (standing === undefined) return { outcome: 'not-found' };
      if (standing.standing === 'refused') return { outcome: 'failed', reason: standing.refusal.code };
      const { reference, bookedOn } = standing.done;
      return { outcome: 'settled', channelReference: reference, settledOn: bookedOn };
    },
    account: async (accountId) => {
      const account = book.account(accountId, clock.now());
      return account === undefined ? unheardOf : { outcome: 'answered', ...account };
    },
    accountStatement: async (accountId, date) => {
      const statement = book.accountStatement(accountId, date, clock.now());
      if (statement === undefined) return unheardOf;
      return { outcome: 'answered', statementHash: digestOf(statement), ...statement };
    },
    balance,
    statement: async (date, currency) => {
      const money = async (until: typeof date) => {
        const said = await balance(until, currency);
        return said.outcome === 'answered' ? said.balance : formatMoney(moneyOf(0n, currency));
      };
      const statement = {
        businessDate: date,
        opening: await money(addDays(date, -1)),
        closing: await money(date),
        lines: [...book.bookedOn(date, currency, clock.now())],
      };
      return { outcome: 'answered', statementHash: digestOf(statement), ...statement };
    },
  };
};
