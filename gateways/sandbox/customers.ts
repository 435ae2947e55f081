import {
  type KeySet,
  keySetSchema,
  type MessageHeaders,
  type PartnerKeys,
  publicKeyOffered,
  readKeySet,
} from '../http';
import type { Journal } from './journal';

/** Whose signature counts under which key id. */
export type Customers = (headers: MessageHeaders) => PartnerKeys;

/**
 * The customers of a partner that acts on signed words only: those that were enrolled with it, or where nobody was, the
 * first one to come, on record from then on, with the key that came with the first question.
 */
export const customersOf = (enrolled: KeySet | undefined, journal: Journal): Customers => {
  if (enrolled !== undefined) {
    const keys = readKeySet(enrolled);
    return () => keys;
  }
  let first = journal.earlier[0] === undefined ? undefined : readKeySet(keySetSchema.parse(journal.earlier[0]));
  return (headers) => {
    if (first !== undefined) return first;
    const offered = publicKeyOffered(headers);
    if (offered === undefined) return new Map();
    journal.append([offered]);
    first = readKeySet(offered);
    return first;
  };
};
