import { aggregates, type StateReader } from '../../commands';
import type { BorrowerId } from '../../domain/kernel';
import type { BankAccount } from '../../gateways/channel';

/** A borrower's bound card in clear, for one instruction; undefined once the borrower has been erased. */
export const accountOf = async (
  read: StateReader,
  borrowerId: BorrowerId,
  cardId: string,
): Promise<BankAccount | undefined> => {
  const { state } = await read.load(aggregates.borrower, borrowerId);
  if (!('cards' in state)) return undefined;
  const card = state.cards.find((bound) => bound.cardId === cardId);
  if (card === undefined) return undefined;
  const [cardNumber, name] = await Promise.all([card.cardNumber.reveal(), state.name.reveal()]);
  return cardNumber === undefined || name === undefined ? undefined : { cardNumber, bank: card.bank, name };
};
