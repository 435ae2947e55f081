import fc from 'fast-check';
import { messagesThrough } from '../app/messages';
import { aggregates } from '../commands';
import { borrowerId, noticeId, Personal } from '../domain/kernel';
import type { MessageChannel } from '../domain/notices';
import { sandboxOutbox } from '../gateways/message/adapters/sandbox-outbox';
import { systemIds } from '../platform/runtime';
import type { MessageOrder } from '../sagas/effects/message-order';
import { sendMessage } from '../sagas/effects/send-message';
import type { Reaction } from '../sagas/house-saga';
import { commandHouse, registration } from '../tests/support/command-house';
import { handClock } from '../tests/support/outside-world';

const BORROWER = borrowerId('li');
const NOTICE = noticeId('e-1');
const CONTEXT = { correlationId: 'c', causationId: 'e' };
const order: MessageOrder = {
  ...{ noticeId: NOTICE, kind: 'loan-paid-off', borrowerId: BORROWER, about: 'loan-a', channel: 'sms', attempt: 1 },
  facts: { loan: 'loan-a', on: '2026-03-02' },
};

/** What happens to one attempt of the machinery at a message. */
const FATES = ['works', 'dies-before-sending', 'dies-after-sending', 'is-not-heard-of', 'is-turned-away'] as const;
type Fate = (typeof FATES)[number];

const openWorld = async (at = '2026-03-02T02:00:00.000Z', knowsKeys = false) => {
  const clock = handClock(at);
  const { busOf } = await commandHouse(clock);
  const { bus, give } = busOf('this-process');
  const { type, data } = registration(BORROWER, 'one');
  await give({ type, data: { ...data, phone: Personal.of('13800138001') } }, 'register');
  const outbox = sandboxOutbox();
  const messages = messagesThrough(bus, systemIds, outbox);
  const delivered: string[] = [];
  /** A partner that knows keys passes on one key once. */
  const note = (key: string): void => {
    if (!knowsKeys || !delivered.includes(key)) delivered.push(key);
  };
  let fate: Fate = 'works';
  const gatewayFor = (channel: MessageChannel) => {
    const gateway = messages.gatewayFor(channel);
    return (
      gateway && {
        ...gateway,
        knowsKeys,
        send: async (message: Parameters<typeof gateway.send>[0]) => {
          if (fate === 'dies-before-sending') throw new Error('killed');
          if (fate === 'is-turned-away') return { outcome: 'failed', reason: 'busy', final: false } as const;
          const outcome = await gateway.send(message);
          note(message.key);
          if (fate === 'dies-after-sending') throw new Error('killed');
          return fate === 'is-not-heard-of' ? ({ outcome: 'unknown', reason: 'timed-out' } as const) : outcome;
        },
      }
    );
  };
  const world = { read: bus, clock, messages: { ...messages, gatewayFor } };
  let given = 0;
  /** Carries the effect out; what it wants put on record is put there, once more where it is delivered again. */
  const carryOut = async (how: Fate, asked: MessageOrder): Promise<readonly Reaction[]> => {
    fate = how;
    const reactions = await sendMessage(world, { kind: 'send-message', order: asked }, CONTEXT).catch(() => []);
    for (const reaction of reactions) {
      if (reaction.kind === 'command') await give(reaction.command, `record ${++given}`);
    }
    return reactions;
  };
  const standing = async () => (await bus.load(aggregates.notice, NOTICE)).state.get('sms');
  return { world, clock, delivered, outbox, carryOut, standing };
};

describe('sending a message', () => {
  it('goes out once and is on record', async () => {
    const { carryOut, delivered, standing, outbox } = await openWorld();
    await carryOut('works', order);
    await carryOut('works', order);
    expect(delivered).toEqual([`${NOTICE}.sms.1`]);
    expect(await standing()).toEqual({ status: 'sent', attempt: 1 });
    expect(outbox.entries[0]).toMatchObject({ to: '…01', subject: '贷款已结清' });
  });

  it('that was killed after sending is found out where the partner tells, and is never sent again', async () => {
    const { carryOut, delivered, standing } = await openWorld();
    await carryOut('dies-after-sending', order);
    expect(await standing()).toEqual({ status: 'begun', attempt: 1 });
    await carryOut('works', order);
    expect(delivered).toHaveLength(1);
    expect(await standing()).toEqual({ status: 'sent', attempt: 1 });
  });

  it('is handed again to a partner that takes one key once, and is on record as one fact', async () => {
    const { carryOut, delivered, standing } = await openWorld(undefined, true);
    for (const fate of ['dies-before-sending', 'dies-after-sending'] as const) await carryOut(fate, order);
    expect(await standing()).toBeUndefined();
    for (const fate of ['works', 'works'] as const) await carryOut(fate, order);
    expect(delivered).toEqual([`${NOTICE}.sms`]);
    expect(await standing()).toEqual({ status: 'sent', attempt: 1 });
  });

  it('that was killed before sending may have been sent, for all that anybody knows', async () => {
    const { carryOut, delivered, standing } = await openWorld();
    await carryOut('dies-before-sending', order);
    await carryOut('works', order);
    expect(delivered).toEqual([]);
    expect(await standing()).toEqual({ status: 'unknown', attempt: 1 });
  });

  it('is tried again when it certainly did not go out, and given up after the fourth time', async () => {
    const { carryOut, standing } = await openWorld();
    let asked: MessageOrder | undefined = order;
    const waits: string[] = [];
    for (let attempt = 1; asked !== undefined; attempt += 1) {
      const reactions: readonly Reaction[] = await carryOut('is-turned-away', asked);
      const again = reactions.find((reaction) => reaction.kind === 'deadline');
      if (again?.kind === 'deadline') waits.push(again.at.slice(11, 16));
      asked = again === undefined ? undefined : { ...order, attempt: attempt + 1 };
    }
    expect(waits).toEqual(['02:01', '02:10', '03:00']);
    expect(await standing()).toEqual({ status: 'given-up', attempt: 4 });
  });

  it('that asks for what is overdue waits for the morning', async () => {
    const { carryOut, delivered } = await openWorld('2026-03-02T18:00:00.000Z');
    const facts = { loan: 'loan-a', amount: '1.00 CNY', since: '2026-03-01' };
    const reactions = await carryOut('works', { ...order, kind: 'installment-overdue', facts });
    expect(reactions).toMatchObject([{ kind: 'deadline', at: '2026-03-03T00:00:00.000Z' }]);
    expect(delivered).toEqual([]);
  });

  it('goes out at most once, whatever dies whenever, however often it is delivered again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (fates, keys) => {
          const { carryOut, delivered, standing } = await openWorld(undefined, keys);
          let attempt = 1;
          for (const fate of fates) {
            const reactions = await carryOut(fate, { ...order, attempt });
            if (reactions.some(({ kind }) => kind === 'deadline')) attempt += 1;
          }
          await carryOut('works', { ...order, attempt });
          expect(delivered.length).toBeLessThanOrEqual(1);
          const status = (await standing())?.status;
          if (status === 'sent') expect(delivered).toHaveLength(1);
          if (!keys && (status === 'given-up' || status === 'failed')) expect(delivered).toHaveLength(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
