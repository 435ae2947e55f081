import { z } from 'zod';
import { businessDateSchema, isPositive, moneyTextSchema, parseMoney, unreachable } from '../../domain/kernel';
import type { Clock } from '../../platform/runtime';
import type { Callback, HeartbeatAnswer, InstructionAnswer, QueryAnswer, StatementAnswer } from '../channel';
import { refused, type Said } from './answering';
import type { Doing } from './behaviour';
import { businessDateOf } from './business-day';
import { Callbacks } from './callbacks';
import type { SandboxChannel } from './keys';
import { behaviourOfAmount } from './magic';
import {
  type Executed,
  type Instruction,
  type MovementBook,
  movedBy,
  type Standing,
  type Transfer,
  transferSchema,
} from './movement-book';
import { idempotencyKeyOf, PartnerServer } from './partner-server';
import { channelLines } from './statements';

const text = z.string().min(1).max(200);
const account = z.strictObject({ cardNumber: text, bank: text, name: text });
const amount = moneyTextSchema.refine((money) => isPositive(parseMoney(money)), 'an amount above zero');
const bodies = {
  payout: z.strictObject({ amount, payee: account }),
  debit: z.strictObject({ amount, payer: account, mayBePartial: z.boolean().default(false) }),
} as const;

const asked = (movement: keyof typeof bodies, body: unknown): Pick<Instruction, 'amount' | 'mayBePartial'> => {
  if (movement === 'payout') return { amount: bodies.payout.parse(body).amount, mayBePartial: false };
  const { amount, mayBePartial } = bodies.debit.parse(body);
  return { amount, mayBePartial };
};

const effectPath = z.object({ effectId: text });
const datePath = z.object({ date: businessDateSchema });

const settledAnswer = ({ key, amount, taken, reference, bookedOn }: Executed) =>
  ({
    outcome: 'settled',
    effectId: key,
    amount,
    channelReference: reference,
    settledOn: bookedOn,
    ...(taken && { taken }),
  }) as const;

const acceptedAnswer = ({ key, amount }: Pick<Executed, 'key' | 'amount'>) =>
  ({ outcome: 'accepted', effectId: key, amount }) as const;

const instructionSaid = (standing: Standing): Said => {
  switch (standing.standing) {
    case 'settled':
      return { status: 200, body: settledAnswer(standing.movement) satisfies InstructionAnswer };
    case 'hidden':
      return { status: 202, body: acceptedAnswer(standing.movement) satisfies InstructionAnswer };
    case 'refused':
      return refused(standing.refusal.code);
    default:
      return unreachable(standing);
  }
};

const querySaid = (effectId: string, standing: Standing | undefined): QueryAnswer => {
  if (standing === undefined || standing.standing === 'hidden') return { outcome: 'not-found', effectId };
  if (standing.standing === 'settled') return settledAnswer(standing.movement);
  const { amount, code } = standing.refusal;
  return { outcome: 'failed', effectId, amount, reason: code };
};

const callbacksFor = (executed: Executed): readonly Callback[] => {
  const movement = executed.movement === 'payout' ? 'payout' : 'debit';
  return [
    { ...acceptedAnswer(executed), movement },
    { ...settledAnswer(executed), movement },
  ];
};

const recordOf = ({ key, amount, taken, bookedOn, settlesAt, reference, fault }: Executed) => ({
  key,
  /** What has moved. */
  amount: movedBy({ amount, taken }),
  bookedOn,
  at: new Date(settlesAt).toISOString(),
  reference,
  /** What its statement gets wrong of it. */
  ...(fault && { fault: fault.kind }),
});

/** What a payment channel has done, as `GET /sandbox/records` tells: each key at most once. */
export interface ChannelRecords {
  readonly payouts: readonly ReturnType<typeof recordOf>[];
  readonly debits: readonly ReturnType<typeof recordOf>[];
}

export interface ChannelServer {
  readonly server: PartnerServer;
  readonly records: () => ChannelRecords;
  /** How many instructions it has on record, whatever became of them. */
  readonly instructed: () => number;
  readonly transfer: (transfer: Transfer) => void;
  readonly close: () => Promise<void>;
}

/** One of the payment channels: payouts and debits under idempotency keys, queries, and a statement a day. */
export const channelServer = (options: {
  readonly channel: SandboxChannel;
  readonly seed: string;
  readonly clock: Clock;
  readonly book: MovementBook;
}): ChannelServer => {
  const { book, clock } = options;
  const server = new PartnerServer(options.channel, options);
  const callbacks = new Callbacks(server.key, clock);

  const instruct = (instruction: Instruction, does: Doing): Said => {
    const { settings } = server;
    const standing = book.instruct(instruction, { ...settings, does }, clock.now());
    if (standing === 'conflict') return { status: 409, body: { outcome: 'key-used-for-another-instruction' } };
    if (does !== 'calls-back' || standing.standing !== 'settled') return instructionSaid(standing);
    callbacks.send(settings, callbacksFor(standing.movement));
    return { status: 202, body: acceptedAnswer(instruction) satisfies InstructionAnswer };
  };

  for (const movement of ['payout', 'debit'] as const) {
    server.add<Instruction>({
      name: movement,
      kind: 'effect',
      method: 'POST',
      url: `/${movement}s`,
      read: (request) => ({
        key: idempotencyKeyOf(request),
        movement,
        ...asked(movement, request.body),
        businessDate: businessDateOf(request.headers, clock.now()),
      }),
      key: ({ key }) => key,
      magic: (instruction) => behaviourOfAmount(instruction.amount),
      act: instruct,
    });
  }

  server.add({
    name: 'query',
    kind: 'read',
    method: 'GET',
    url: '/movements/:effectId',
    read: (request) => effectPath.parse(request.params).effectId,
    key: (effectId) => effectId,
    act: (effectId) => ({ status: 200, body: querySaid(effectId, book.standing(effectId, clock.now())) }),
  });
  server.add({
    name: 'heartbeat',
    kind: 'read',
    method: 'GET',
    url: '/heartbeat',
    read: () => 'heartbeat',
    key: (asked) => asked,
    act: () => ({ status: 200, body: server.settings.heartbeat satisfies HeartbeatAnswer }),
  });
  server.add({
    name: 'statement',
    kind: 'read',
    method: 'GET',
    url: '/statements/:date',
    read: (request) => datePath.parse(request.params).date,
    key: (date) => date,
    act: (date) => {
      const now = clock.now();
      const lines = channelLines(date, book.bookedOn(date, now), book.correctedOn(date, now));
      return { status: 200, body: { businessDate: date, lines: [...lines] } satisfies StatementAnswer };
    },
  });

  const records = (): ChannelRecords => {
    const executed = book.executed(clock.now());
    return {
      payouts: executed.filter(({ movement }) => movement === 'payout').map(recordOf),
      debits: executed.filter(({ movement }) => movement === 'debit').map(recordOf),
    };
  };
  const transfer = (sent: Transfer): void => book.transfer(sent, clock.now());
  server.app.put('/sandbox/transfers', (request) => {
    transfer(transferSchema.parse(request.body));
    return { booked: true };
  });
  server.app.get('/sandbox/records', () => ({ ...records(), asked: server.asked }));
  return { server, records, instructed: () => book.size, transfer, close: () => callbacks.close() };
};
