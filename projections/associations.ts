import { type AssociationNode, cleared, linked, markedBad } from '../risk/features';
import type { Fact, HouseProjection } from './house-projection';

type Submitted = Extract<Fact, { readonly type: 'ApplicationSubmitted' }>;

/** What an application shows its borrower with, under keyed hashes. */
const thingsOf = ({ data }: Submitted): readonly string[] => {
  const { deviceIndex, networkIndex, addressIndex, phoneIndex, cardIndex, contactIndexes = [] } = data;
  const all: readonly (readonly [kind: string, index: string | undefined])[] = [
    ['device', deviceIndex],
    ['network', networkIndex],
    ['address', addressIndex],
    ['card', cardIndex],
    ...[phoneIndex, ...contactIndexes].map((index) => ['phone', index] as const),
  ];
  return [...new Set(all.flatMap(([kind, index]) => (index === undefined ? [] : [`${kind}:${index}`])))];
};

const fold = (node: AssociationNode | undefined, event: Fact, key: string): AssociationNode | undefined => {
  switch (event.type) {
    case 'ApplicationSubmitted': {
      const { borrowerId } = event.data;
      return linked(node, key === borrowerId ? thingsOf(event) : [borrowerId], event.position);
    }
    case 'LoanOpened':
      return linked(node, [key === event.stream ? event.data.borrowerId : event.stream], event.position);
    case 'LoanChargedOff':
    case 'LoanWrittenOff':
    case 'BorrowerFrozen':
      return markedBad(node, event.position);
    case 'ArrearsBucketChanged':
      return event.data.to === '90+' ? markedBad(node, event.position) : node;
    case 'BorrowerUnfrozen':
      return node && cleared(node);
    default:
      return node;
  }
};

/**
 * Who belongs together: borrowers with the devices, networks, homes, phones (their own and those of people to ask) and
 * cards that they were seen with, and with their loans.
 */
export const associations: HouseProjection<AssociationNode> = {
  name: 'associations',
  version: 1,
  categories: ['application', 'borrower', 'loan'],
  indexes: {},
  keys: (event) => {
    switch (event.type) {
      case 'ApplicationSubmitted':
        return [event.data.borrowerId, ...thingsOf(event)];
      case 'LoanOpened':
        return [event.data.borrowerId, event.stream];
      case 'LoanChargedOff':
      case 'LoanWrittenOff':
      case 'ArrearsBucketChanged':
      case 'BorrowerFrozen':
      case 'BorrowerUnfrozen':
        return [event.stream];
      default:
        return [];
    }
  },
  fold,
};
