import fc from 'fast-check';
import { type CreditLineEvent, type CreditLineState, creditLineDecider, usageOf } from '../domain/creditline';
import type { DomainEvent } from '../domain/events';
import { applicationId, borrowerId, creditLineId, isRefusal } from '../domain/kernel';
import { commandHouse } from '../tests/support/command-house';
import { issuedOn } from '../tests/support/decider-specification';
import type { CommandRequest, CommandResult } from '.';

const LINE = creditLineId(borrowerId('li'));
const cny = (amount: string) => ({ amount, currency: 'CNY' }) as const;

type OnLine = Extract<CommandRequest, { type: 'ReserveCredit' | 'ReleaseCredit' }>;

const application = fc.integer({ min: 0, max: 9 }).map((n) => applicationId(String(n)));
const reserve = fc.record({ application, amount: fc.integer({ min: 1, max: 60_000 }) }).map(
  ({ application: applicationId, amount }): OnLine => ({
    type: 'ReserveCredit',
    data: { creditLineId: LINE, applicationId, amount: cny((amount / 100).toFixed(2)) },
  }),
);
const release = application.map(
  (applicationId): OnLine => ({
    type: 'ReleaseCredit',
    data: { creditLineId: LINE, applicationId, reason: 'withdrawn' },
  }),
);
const sixtyFour = fc.array(fc.oneof({ weight: 3, arbitrary: reserve }, { weight: 1, arbitrary: release }), {
  minLength: 64,
  maxLength: 64,
});

/** What the decider says to a command in a state; the same words as a result. */
const verdict = (state: CreditLineState, command: OnLine): string => {
  const outcome = creditLineDecider.decide({ ...issuedOn('2026-03-02'), ...command }, state);
  return isRefusal(outcome) ? outcome.code : `${outcome.length} facts`;
};

const wordsOf = (result: CommandResult): string =>
  result.kind === 'refused' ? result.refusal.code : `${result.events.length} facts`;

/** Every state that the line was in, from its opening on; throws where it was exceeded. */
const statesOf = async (pages: AsyncIterable<readonly DomainEvent[]>): Promise<readonly CreditLineState[]> => {
  const states: CreditLineState[] = [creditLineDecider.initial];
  for await (const events of pages) {
    for (const event of events) {
      const after = creditLineDecider.evolve(states.at(-1) ?? creditLineDecider.initial, event as CreditLineEvent);
      if (after.status !== 'none') usageOf(after);
      states.push(after);
    }
  }
  return states;
};

/** A result has its place among the facts: that of its own facts, or, where it has none, any that explains it. */
const isExplained = (command: OnLine, result: CommandResult, states: readonly CreditLineState[]): boolean => {
  const [first] = result.kind === 'accepted' ? result.events : [];
  const at = first && Number(first.revision);
  const places = at === undefined ? states : states.slice(at, at + 1);
  return places.some((state) => verdict(state, command) === wordsOf(result));
};

const openLine: CommandRequest = {
  type: 'OpenCreditLine',
  data: { creditLineId: LINE, borrowerId: borrowerId('li'), limit: cny('1000.00') },
};

describe('commands of two processes on one stream, 64 at once', () => {
  it('have results that one order of giving them, one after the other, explains; the line is never exceeded', async () => {
    await fc.assert(
      fc.asyncProperty(sixtyFour, async (commands) => {
        const { busOf, log } = await commandHouse();
        const [one, other] = [busOf('many'), busOf('many')];
        await one.give(openLine, 'open');
        const results = await Promise.all(
          commands.map(async (command, n) => {
            const result = await (n % 2 === 0 ? one : other).give(command, String(n));
            return { command, result };
          }),
        );
        const states = await statesOf(log.readStream(LINE));
        const unexplained = results.filter(({ command, result }) => !isExplained(command, result, states));
        expect(unexplained.map(({ command, result }) => ({ command, result: wordsOf(result) }))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
