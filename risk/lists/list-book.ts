// biome-ignore lint/plugin: only to reckon with addresses; nothing is opened by them.
import { BlockList, isIPv4 } from 'node:net';
import { canonicalHash } from '../../platform/event-log';
import type { FeatureValues } from '../features';
import type { ListDocument } from './list-document';

/** What can be on a list. */
export interface ListSubject {
  /** In clear, as long as the look takes. */
  readonly address: string | undefined;
  readonly deviceIndex: string | undefined;
  readonly phoneIndex: string | undefined;
  readonly cardIndex: string | undefined;
  readonly idNumberIndex: string | undefined;
}

/** Lists, ready to be looked into. */
export interface ListBook {
  readonly look: (subject: ListSubject) => Partial<FeatureValues>;
  /** Content hash of each list by its name. */
  readonly versions: Readonly<Record<string, string>>;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

/** Single addresses and ranges of one effect. */
class Networks {
  readonly #single = new Set<string>();
  readonly #ranges = new BlockList();
  #some = false;

  add(entry: string): void {
    const [address = '', prefix] = entry.split('/');
    const family = familyOf(address);
    // IPv6 can be written in many ways: only the block list knows when two are the same.
    if (prefix === undefined && family === 'ipv4') this.#single.add(address);
    else {
      this.#some = true;
      this.#ranges.addSubnet(address, prefix === undefined ? 128 : Number(prefix), family);
    }
  }

  has(address: string): boolean {
    return this.#single.has(address) || (this.#some && this.#ranges.check(address, familyOf(address)));
  }
}

/** All lists of one effect together. */
class Effect {
  readonly #networks = new Networks();
  readonly #devices = new Set<string>();
  readonly #phones = new Set<string>();
  readonly #cards = new Set<string>();
  readonly #persons = new Set<string>();

  constructor(documents: readonly ListDocument[]) {
    for (const { networks, devices, phones, cards, persons } of documents) {
      for (const each of networks) this.#networks.add(each);
      for (const each of devices) this.#devices.add(each);
      for (const each of phones) this.#phones.add(each);
      for (const each of cards) this.#cards.add(each);
      for (const each of persons) this.#persons.add(each);
    }
  }

  /** Which of these are listed. */
  hits({ address, deviceIndex, phoneIndex, cardIndex, idNumberIndex }: ListSubject): ReadonlySet<keyof ListSubject> {
    const hits = new Set<keyof ListSubject>();
    if (address !== undefined && this.#networks.has(address)) hits.add('address');
    if (deviceIndex !== undefined && this.#devices.has(deviceIndex)) hits.add('deviceIndex');
    if (phoneIndex !== undefined && this.#phones.has(phoneIndex)) hits.add('phoneIndex');
    if (cardIndex !== undefined && this.#cards.has(cardIndex)) hits.add('cardIndex');
    if (idNumberIndex !== undefined && this.#persons.has(idNumberIndex)) hits.add('idNumberIndex');
    return hits;
  }
}

/** Makes lists ready. What is trusted on one list is neither bad nor hidden, whatever the others say of it. */
export const openLists = (documents: readonly ListDocument[]): ListBook => {
  const of = (wanted: ListDocument['effect']) => new Effect(documents.filter(({ effect }) => effect === wanted));
  const [deny, allow, anonymous] = [of('deny'), of('allow'), of('anonymous')];
  return {
    versions: Object.fromEntries(documents.map((document) => [document.name, canonicalHash(document)])),
    look: (subject) => {
      const trusted = allow.hits(subject);
      const denied = [...deny.hits(subject)].filter((what) => !trusted.has(what));
      const known = subject.address !== undefined;
      return {
        denyListed: denied.length > 0,
        allowListed: trusted.size > 0,
        ...(known && { anonymousNetwork: anonymous.hits(subject).has('address') && !trusted.has('address') }),
      };
    },
  };
};
