import {
  businessDate,
  type Decider,
  fold,
  type Instant,
  type Issued,
  instant,
  isRefusal,
  type Refusal,
} from '../../domain/kernel';
import type { RefusalCode } from '../../domain/refusals';

type Named = { readonly type: string; readonly data: object };
type Without<Command> = Command extends Issued ? Omit<Command, keyof Issued> & Partial<Issued> : never;

/** The issuer of a command in a specification, unless it says otherwise. */
export const issuedOn = (day: string, at: Instant = instant(`${day}T02:00:00.000Z`)): Issued => ({
  id: '00000000-0000-4000-8000-000000000001',
  actor: { kind: 'operator', id: 'test' },
  at,
  businessDate: businessDate(day),
});

/**
 * Given these facts, when this command, then these facts (or this refusal, or nothing):
 *
 *     const { given } = specificationFor(loanDecider);
 *     given([opened]).when({ type: 'CancelLoan', data }).then([{ type: 'LoanCancelled', data: … }]);
 */
export const specificationFor = <State, Command extends Issued & Named, Event extends Named>(
  decider: Decider<State, Command, Event>,
  today = '2026-03-02',
) => {
  const run = (events: readonly Event[], command: Without<Command>): readonly Event[] | Refusal =>
    decider.decide({ ...issuedOn(today), ...command } as unknown as Command, fold(decider, events));
  return {
    given: (events: readonly Event[]) => ({
      when: (command: Without<Command>) => {
        const outcome = run(events, command);
        return {
          then: (expected: readonly Event[]): void => expect(outcome).toEqual(expected),
          thenMatching: (expected: readonly object[]): void => expect(outcome).toMatchObject(expected),
          thenNothing: (): void => expect(outcome).toEqual([]),
          thenRefused: (code: RefusalCode): void => expect(isRefusal(outcome) ? outcome.code : outcome).toEqual(code),
          /** What came of it, for laws that need more than equality. */
          outcome,
          /** The state after the command's facts; fails the test when it was refused. */
          state: (): State => {
            if (isRefusal(outcome)) throw new Error(`refused: ${outcome.code} (${outcome.detail})`);
            return fold(decider, [...events, ...outcome]);
          },
        };
      },
    }),
  };
};
