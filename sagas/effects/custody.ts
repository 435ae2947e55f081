import { aggregates, type StateReader } from '../../commands';
import type { CustodyOwner } from '../../domain/custody';
import { type BorrowerId, businessDateAt, type CustodyInstructionId } from '../../domain/kernel';
import type { ChannelOutcome } from '../../domain/payout';
import type { AccountHolder } from '../../gateways/custody';
import { command, nothing, type Reaction } from '../house-saga';
import { accountOf } from './bank-account';
import type { Effect } from './effect';
import type { OutsideWorld } from './outside-world';
import { asOutcome } from './payout';

type Of<Kind extends Effect['kind']> = Extract<Effect, { readonly kind: Kind }>;

const record = (instructionId: CustodyInstructionId, effectId: string, answer: ChannelOutcome): readonly Reaction[] => [
  command('record', { type: 'RecordCustodyOutcome', data: { instructionId, effectId, answer } }, nothing),
];

/** The instruction under this effect id, while nobody knows for sure what became of it. */
const inFlight = async (read: StateReader, instructionId: CustodyInstructionId, effectId: string) => {
  const { state } = await read.load(aggregates.instruction, instructionId);
  if (state.status !== 'submitted' && state.status !== 'unknown' && state.status !== 'escalated') return undefined;
  return state.effectId === effectId ? { order: state.request.order, submittedAt: state.submittedAt } : undefined;
};

/** Who will hold an account, in clear for this one instruction; undefined once a borrower has been erased. */
const holderOf = async (read: StateReader, owner: CustodyOwner): Promise<AccountHolder | undefined> => {
  if (owner.kind !== 'borrower') return { name: owner.name, ...owner.account };
  const [account, idNumber] = await Promise.all([
    accountOf(read, owner.borrowerId, owner.cardId),
    idNumberOf(read, owner.borrowerId),
  ]);
  if (account === undefined || idNumber === undefined) return undefined;
  return { name: account.name, idNumber, bank: account.bank, accountNumber: account.cardNumber };
};

const idNumberOf = async (read: StateReader, borrowerId: BorrowerId): Promise<string | undefined> => {
  const { state } = await read.load(aggregates.borrower, borrowerId);
  return 'idNumber' in state ? state.idNumber.reveal() : undefined;
};

/** Tells the bank. Carried out again after a crash it goes out under the same effect id: one effect at the bank. */
export const instructCustody = async (
  { read, custody }: OutsideWorld,
  { instructionId, effectId, sentOn }: Of<'instruct-custody'>,
): Promise<readonly Reaction[]> => {
  const pending = await inFlight(read, instructionId, effectId);
  if (pending === undefined) return [];
  const { order } = pending;
  const about = { effectId, businessDate: sentOn };
  if (order.kind !== 'open') return record(instructionId, effectId, await custody.instruct({ ...about, order }));
  const holder = await holderOf(read, order.owner);
  if (holder === undefined) return record(instructionId, effectId, { outcome: 'failed', reason: 'holder-unknown' });
  return record(instructionId, effectId, await custody.instruct({ ...about, order, holder }));
};

/** Asks what became of an instruction whose outcome is unknown. */
export const queryCustody = async (
  { read, custody, clock }: OutsideWorld,
  { instructionId, effectId }: Of<'query-custody'>,
): Promise<readonly Reaction[]> => {
  const pending = await inFlight(read, instructionId, effectId);
  if (pending === undefined) return [];
  const answer = await custody.query({ effectId, ...pending, businessDate: businessDateAt(clock.now()) });
  return record(instructionId, effectId, asOutcome(answer));
};
