import fc from 'fast-check';
import { base32, idKey, systemIds, uuidV5 } from '.';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const URL = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

describe('uuidV5', () => {
  it('gives the vector of RFC 9562, A.4', () => {
    expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it.each([
    [DNS, 'python.org', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
    [URL, 'http://www.ietf.org/rfc/rfc4122.txt', 'd0690b3c-b29d-52e7-81b0-d573b503f2d4'],
    [URL, '贷款/0', 'eb8cac0e-a392-530a-8845-408b1231a13d'],
  ])('agrees with another implementation on %s %s', (namespace, name, expected) => {
    expect(uuidV5(namespace, name)).toBe(expected);
    expect(uuidV5(namespace.toUpperCase(), name)).toBe(expected);
  });

  it('always has version 5 and the RFC variant, and depends on both parts', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary' }), (namespace, name) => {
        const id = uuidV5(namespace, name);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(uuidV5(namespace, `${name}x`)).not.toBe(id);
        expect(uuidV5(id, name)).not.toBe(id);
      }),
    );
  });

  it('takes names of any length', () => {
    const long = '张'.repeat(2_000);
    expect(uuidV5(DNS, long)).toBe(uuidV5(DNS, long));
    expect(uuidV5(DNS, long)).not.toBe(uuidV5(DNS, `${long}x`));
    // The same name on both sides of the length that is treated otherwise.
    const name = 'x'.repeat(170);
    expect(uuidV5(DNS, name)).toBe('b945136d-2580-596a-97b0-5fe32c3810f8');
    expect(uuidV5(DNS, `${name}x`)).toBe('2dc8dc45-5631-5e0d-a598-0ba3210d1872');
  });

  it.each([
    'loan-1',
    '',
    '6ba7b8109dad11d180b400c04fd430c8',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c80',
    '6ba7b8109-dad-11d1-80b4-00c04fd430c8',
    '6ba7b810-9dad-11d1-80b4-00c04fd430cg',
    '6ba7b810-9dad-11d1-80b4-00c04fd4 0c8',
    '6ba7b810-9dad-11d1-80b4-00c04fd430贷8',
    '6ba7b810_9dad-11d1-80b4-00c04fd430c8',
  ])('refuses a namespace that is no UUID: %j', (text) => {
    expect(() => uuidV5(text, '0')).toThrow(`not a UUID: "${text}"`);
    expect(() => idKey(text)).toThrow('not a UUID');
  });

  it('takes any UUID for the bytes that it spells', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.boolean(), (uuid, large) => {
        const expected = base32(Buffer.from(uuid.replaceAll('-', ''), 'hex'));
        expect(idKey(large ? uuid.toUpperCase() : uuid)).toBe(expected);
      }),
    );
  });
});

describe('idKey', () => {
  it('spells the 128 bits in 26 digits', () => {
    expect(idKey('00000000-0000-0000-0000-000000000000')).toBe('0'.repeat(26));
    expect(idKey('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe(`${'z'.repeat(25)}w`);
  });

  it('tells any two ids apart and fits an aggregate id', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        expect(idKey(one)).toMatch(/^[0-9a-z]{26}$/);
        expect(idKey(one) === idKey(other)).toBe(one === other);
      }),
    );
  });
});

describe('base32', () => {
  it('holds every bit, first bit first', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const digits = [...base32(bytes)].map((digit) => '0123456789abcdefghjkmnpqrstvwxyz'.indexOf(digit));
        const bits = digits.map((value) => value.toString(2).padStart(5, '0')).join('');
        const expected = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
        expect(bits.slice(0, expected.length)).toBe(expected);
        expect(bits.slice(expected.length)).toMatch(/^0{0,4}$/);
      }),
    );
  });
});

it('systemIds gives a new UUID every time', () => {
  expect(systemIds.uuid()).not.toBe(systemIds.uuid());
});
