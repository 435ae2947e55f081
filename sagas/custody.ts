import { custodyInstructionIdSchema, unreachable } from '../domain/kernel';
import type { Fact, HouseSaga, Reaction } from './house-saga';
import { command, effect } from './house-saga';

/** What the bank has done becomes true of the account; of money there is nothing to add, it is in the books. */
const onSettled = (event: Fact<'CustodyInstructionSettled'>): readonly Reaction[] => {
  const { order, bankReference, valueDate: on } = event.data;
  const instructionId = custodyInstructionIdSchema.parse(event.stream);
  const { accountId } = order;
  switch (order.kind) {
    case 'open': {
      const { owner, currency } = order;
      const data = { accountId, instructionId, on, owner, currency, bankReference };
      return [command('open', { type: 'OpenCustodyAccount', data })];
    }
    case 'freeze':
      return [
        command('freeze', {
          type: 'FreezeCustodyAccount',
          data: { accountId, instructionId, on, reason: order.reason },
        }),
      ];
    case 'unfreeze':
      return [
        command('unfreeze', {
          type: 'UnfreezeCustodyAccount',
          data: { accountId, instructionId, on, reason: order.reason },
        }),
      ];
    case 'top-up':
    case 'withdrawal':
    case 'transfer':
      return [];
    default:
      return unreachable(order);
  }
};

/** An instruction is given once: its effect id is its own id and the number of the only attempt. */
const submit = (event: Fact<'CustodyInstructionRequested'> | Fact<'CustodyInstructionApproved'>): Reaction =>
  command('submit', {
    type: 'SubmitCustodyInstruction',
    data: { instructionId: custodyInstructionIdSchema.parse(event.stream), effectId: `${event.stream}.1` },
  });

/**
 * From an instruction that somebody asked for to the bank's word. It is on record before its first byte is sent; what
 * is not known is asked for again under the same effect id, until a person has to find out.
 */
export const custody: HouseSaga = {
  name: 'custody',
  types: [
    'CustodyInstructionRequested',
    'CustodyInstructionApproved',
    'CustodyInstructionSubmitted',
    'CustodyInstructionUnknown',
    'CustodyInstructionSettled',
  ],
  key: ({ stream }) => stream,
  react: (event) => {
    switch (event.type) {
      case 'CustodyInstructionRequested':
        return event.data.needsApproval ? [] : [submit(event)];
      case 'CustodyInstructionApproved':
        return [submit(event)];
      case 'CustodyInstructionSubmitted': {
        const { effectId, valueDate: sentOn } = event.data;
        const instructionId = custodyInstructionIdSchema.parse(event.stream);
        return [effect('instruct', { kind: 'instruct-custody', instructionId, effectId, sentOn })];
      }
      case 'CustodyInstructionUnknown': {
        const { effectId, nextQueryAt } = event.data;
        return [{ kind: 'deadline', name: 'query', at: nextQueryAt, data: { effectId } }];
      }
      case 'CustodyInstructionSettled':
        return onSettled(event);
      default:
        return [];
    }
  },
  onDeadline: ({ key, data }) => {
    const instructionId = custodyInstructionIdSchema.parse(key);
    return [effect('query', { kind: 'query-custody', instructionId, effectId: String(data['effectId']) })];
  },
};
