import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { type ListDocument, listDocumentSchema, openLists } from '.';

const index = (letter: string): string => letter.repeat(32);
const list = (effect: ListDocument['effect'], entries: object): ListDocument =>
  listDocumentSchema.parse({ name: `list-${effect}`, effect, ...entries });

const NOBODY = {
  address: undefined,
  deviceIndex: undefined,
  phoneIndex: undefined,
  cardIndex: undefined,
  idNumberIndex: undefined,
};
const clean = { denyListed: false, allowListed: false };

const proxies = list('anonymous', {
  networks: ['198.51.100.0/24', '203.0.113.9', '2001:db8:aaaa::/48', '2001:db8::7'],
});

describe('lists', () => {
  it.each([
    ['198.51.100.0', true],
    ['198.51.100.255', true],
    ['198.51.101.0', false],
    ['203.0.113.9', true],
    ['203.0.113.10', false],
    ['2001:db8:aaaa::1', true],
    ['2001:db8:aaaa:ffff:ffff:ffff:ffff:ffff', true],
    ['2001:db8:aaab::1', false],
    ['2001:0db8:0:0:0:0:0:0007', true],
    ['2001:db8::8', false],
  ])('%s is hidden behind somebody: %s', (address, hidden) => {
    expect(openLists([proxies]).look({ ...NOBODY, address })).toEqual({ ...clean, anonymousNetwork: hidden });
  });

  it('find a range of any size as arithmetic does', () => {
    const bits = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (network, address, prefix) => {
        fc.pre(isIPv4(network) && isIPv4(address));
        const size = 2 ** (32 - prefix);
        const inside = Math.floor(bits(network) / size) === Math.floor(bits(address) / size);
        const { look } = openLists([list('anonymous', { networks: [`${network}/${prefix}`] })]);
        expect(look({ ...NOBODY, address }).anonymousNetwork).toBe(inside);
      }),
    );
  });

  it.each([
    ['deviceIndex', 'devices'],
    ['phoneIndex', 'phones'],
    ['cardIndex', 'cards'],
    ['idNumberIndex', 'persons'],
  ] as const)('know the bad by %s, and each kind by itself', (field, entry) => {
    const { look } = openLists([list('deny', { [entry]: [index('a')] })]);
    expect(look({ ...NOBODY, [field]: index('a') })).toEqual({ ...clean, denyListed: true });
    expect(look({ ...NOBODY, [field]: index('b') })).toEqual(clean);
    const elsewhere = field === 'deviceIndex' ? 'phoneIndex' : 'deviceIndex';
    expect(look({ ...NOBODY, [elsewhere]: index('a') })).toEqual(clean);
  });

  it('let the trusted through: their network is neither bad nor hidden; a bad person stays bad', () => {
    const { look } = openLists([
      proxies,
      list('deny', { networks: ['203.0.113.9'], persons: [index('p')] }),
      list('allow', { networks: ['203.0.113.9'] }),
    ]);
    const address = '203.0.113.9';
    expect(look({ ...NOBODY, address })).toEqual({ ...clean, allowListed: true, anonymousNetwork: false });
    expect(look({ ...NOBODY, address, idNumberIndex: index('p') }).denyListed).toBe(true);
  });

  it('have versions: one changed entry is another one', () => {
    const before = openLists([proxies]).versions;
    expect(openLists([listDocumentSchema.parse(structuredClone(proxies))]).versions).toEqual(before);
    const after = openLists([{ ...proxies, networks: ['198.51.100.0/25'] }]).versions;
    expect(after['list-anonymous']).not.toBe(before['list-anonymous']);
  });

  it.each(['198.51.100.0/33', '300.1.1.1', '2001:db8::/129', 'example.org'])('take no %s for a network', (network) => {
    expect(() => list('deny', { networks: [network] })).toThrow();
  });

  it('hold nothing in clear: a phone number is no entry', () => {
    expect(() => list('deny', { phones: ['13800138000'] })).toThrow();
  });
});
