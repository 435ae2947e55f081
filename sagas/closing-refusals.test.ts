import { aggregates, type CommandRequest } from '../commands';
import type { DomainEvent } from '../domain/events';
import { businessDate, ledgerId, loanIdSchema, type MoneyText, reconciliationId, rulesId } from '../domain/kernel';
import { HOUSE_RULES, type RuleSet, ruleSetSchema, type StatementLine } from '../domain/reconciliation';
import type { PaymentChannel } from '../gateways/channel';
import type { CustodyBank } from '../gateways/custody';
import { canonicalHash, NO_EVENTS, type RecordedEvent } from '../platform/event-log';
import { commandHouse } from '../tests/support/command-house';
import { contextOf } from '../tests/support/note-log';
import { CloseOfDay } from '.';

const DAY = businessDate('2026-03-01');
const LOAN = loanIdSchema.parse('loan-4q2m');
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

const settled: DomainEvent = {
  type: 'RepaymentSettled',
  data: {
    loanId: LOAN,
    amount: cny('500.00'),
    channel: 'unionlike',
    effectId: 'e1',
    channelReference: 'c1',
    valueDate: DAY,
  },
};

const line = (amount = '500.00', reference = 'e1'): StatementLine => ({
  lineId: `l-${reference}`,
  reference,
  direction: 'in',
  amount: cny(amount),
  bookedOn: DAY,
});

/** A house in which one repayment has settled, and partners whose statements say what a test wants. */
const houseWith = async (lines: readonly StatementLine[]) => {
  const { log, busOf, readStore: store } = await commandHouse();
  const { bus, give } = busOf('this-process');
  const appended = await log.append('repayment-r1', NO_EVENTS, [settled], contextOf('settle'));
  if (appended.kind === 'conflict') throw new Error('the repayment is there already');
  const [fact] = appended.events;
  if (fact === undefined) throw new Error('nothing was recorded');
  const statementHash = 'h';
  // Of its partners the close of day asks for names and statements only.
  const channel = {
    name: 'unionlike',
    statement: async () => ({ outcome: 'answered', statementHash, lines }),
  } as Partial<PaymentChannel> as PaymentChannel;
  const custody = {
    name: 'custody',
    statement: async () => ({
      ...{ outcome: 'answered', statementHash, businessDate: DAY, opening: cny('0.00'), closing: cny('500.00') },
      lines: [line()],
    }),
  } as Partial<CustodyBank> as CustodyBank;
  const night = new CloseOfDay({ log, bus, store, channels: [channel], custody, currency: 'CNY', steps: [] });
  /** One person drafts the rules and tries them, another one wants them. */
  const putInForce = async (document: RuleSet): Promise<void> => {
    const one = { rulesId: rulesId(document.name), hash: canonicalHash(document) };
    const came = { rules: '', matched: 1, breaks: 0 };
    const about = { channel: channel.name, date: DAY, statementHash, lines: 1 };
    const trial = { ...about, inForce: came, tried: came, onlyInForce: 0, onlyTried: 0 };
    const steps: readonly CommandRequest[] = [
      { type: 'DraftRuleSet', data: { rulesId: one.rulesId, document } },
      { type: 'RecordRuleSetTrial', data: { ...one, trial } },
      { type: 'ActivateRuleSet', data: { ...one, note: '' } },
    ];
    for (const [index, step] of steps.entries()) {
      const actor = { kind: 'finance', id: index < 2 ? 'drafter' : 'second' } as const;
      expect(await give(step, `${document.name} ${document.version} ${step.type}`, { actor })).toMatchObject({
        kind: 'accepted',
      });
    }
  };
  const book = (amount: string) =>
    give(
      {
        type: 'PostEntry',
        data: {
          ledgerId: ledgerId(LOAN),
          entry: {
            entryId: fact.id,
            cause: { eventId: fact.id, type: fact.type, stream: fact.stream },
            valueDate: DAY,
            postings: [
              { account: '1001', side: 'debit', amount: cny(amount) },
              { account: '2002', side: 'credit', amount: cny(amount) },
            ],
          },
        },
      },
      'book',
    );
  const breaks = async () => {
    const { state } = await bus.load(aggregates.reconciliation, reconciliationId('unionlike', DAY));
    return state.status === 'none' ? [] : state.breaks;
  };
  const matched = async () => {
    const events: RecordedEvent<DomainEvent>[] = [];
    for await (const page of log.readStream(reconciliationId('unionlike', DAY))) events.push(...page);
    return events.filter(({ type }) => type === 'MovementsMatched').map(({ data }) => data);
  };
  return { night, give, book, breaks, matched, putInForce };
};

describe('a day is not closed', () => {
  it('while a movement is not in the books; the days after it wait', async () => {
    const { night, book } = await houseWith([line()]);
    const behind = { date: DAY, unavailable: ['ledger'], opened: 0, explained: 0, refusal: { code: 'LEDGER_OFF' } };
    expect(await night.closeThrough(businessDate('2026-03-03'))).toMatchObject([behind]);
    await book('500.00');
    const closings = await night.closeThrough(businessDate('2026-03-01'));
    expect(closings).toEqual([{ date: DAY, unavailable: [], opened: 0, explained: 0 }]);
  });

  it('while nobody answers for a break', async () => {
    const { night, book, breaks, give } = await houseWith([line('499.00')]);
    await book('500.00');
    expect(await night.close(DAY)).toMatchObject({ opened: 1, refusal: { code: 'BREAK_WITHOUT_OWNER' } });
    const [open] = await breaks();
    const { breakId = '', suggestion } = open?.found ?? {};
    expect(suggestion).toEqual({ action: 'claim-from-channel', amount: cny('1.00') });
    const about = { reconciliationId: reconciliationId('unionlike', DAY), breakId };
    await give({ type: 'AssignBreak', data: { ...about, owner: 'li.na' } }, 'assign');
    expect((await night.close(DAY)).refusal).toBeUndefined();
    await give(
      { type: 'ResolveBreak', data: { ...about, action: 'claim-from-channel', evidence: 'ticket 7' } },
      'resolve',
    );
    expect(await breaks()).toMatchObject([{ owner: 'li.na', end: { by: 'correction', difference: cny('1.00') } }]);
  });
});

it('what the books say otherwise than the event is a break, although the statement agrees', async () => {
  const { night, book, breaks } = await houseWith([line()]);
  await book('499.00');
  await night.close(DAY);
  expect(await breaks()).toMatchObject([
    { found: { type: 'ledger', difference: cny('0.00'), ledgerDifference: cny('1.00') } },
  ]);
});

it('each counterparty has its own rules, and what they let it keep is a fee and no break', async () => {
  const [exact] = HOUSE_RULES.rules;
  const flat = cny('1.00');
  const rules = ruleSetSchema.parse({
    ...HOUSE_RULES,
    name: 'unionlike',
    rules: [...HOUSE_RULES.rules, { ...exact, name: 'less-the-fee', amount: { within: 'fee', flat } }],
  });
  const { night, book, breaks, matched, putInForce } = await houseWith([line('499.00')]);
  await putInForce(rules);
  await book('500.00');
  expect(await night.close(DAY)).toEqual({ date: DAY, unavailable: [], opened: 0, explained: 0 });
  expect(await breaks()).toEqual([]);
  expect(await matched()).toMatchObject([
    { matched: 1, fees: flat, pairs: { rules: 'unionlike@1', rulesHash: canonicalHash(rules) } },
  ]);
});

it('rules for everybody are in force where a counterparty has none of its own', async () => {
  const { night, book, matched, putInForce } = await houseWith([line()]);
  await book('500.00');
  await putInForce({ ...HOUSE_RULES, version: 2 });
  await night.close(DAY);
  expect(await matched()).toMatchObject([{ pairs: { rules: 'house@2' } }]);
});
