import fc from 'fast-check';
import { jsonOf, textOf } from './event-text';

/** What client and server make of it: written as JSON, read as JSON. The client leaves an empty text out. */
const carried = (text: string): string => {
  const value = jsonOf(text);
  return textOf(value ? JSON.parse(Buffer.from(JSON.stringify(value), 'utf8').toString('utf8')) : undefined);
};

/** Canonical JSON as RFC 8785 has it: keys in the order of their UTF-16 units. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
};

describe('a text', () => {
  test('comes back as it was, whatever it is', () => {
    const anything = fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.jsonValue().map(canonical));
    fc.assert(fc.property(anything, (text) => expect(carried(text)).toBe(text)));
  });

  test.each([
    '',
    '""',
    'null',
    '0',
    '1.0',
    '{"a":1.0}',
    '{"b":1,"a":2}',
    '{"2":0,"10":0}',
    '{"10":0,"2":0}',
    '{"__proto__":{"a":1}}',
    '{"constructor":1,"toJSON":2}',
    '{ "a": 1 }',
    '{"a":1,"a":2}',
    '{"a":"\\u2028"}',
    '{"a":"\u2028\ufeff"}',
    '["\\ud800"]',
    '["\ud800"]',
    '[',
    'no JSON at all',
  ])('%j comes back as it was', (text) => expect(carried(text)).toBe(text));

  test('that is canonical JSON of an object can be read in the server, not only by us', () => {
    const word = fc.string({ unit: 'grapheme' }).filter((key) => !/^\d+$/.test(key));
    const shape = fc.dictionary(word, fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string(), fc.boolean()));
    fc.assert(
      fc.property(shape, (value) => {
        const text = canonical(value);
        expect(jsonOf(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

test('what others have written comes as it can', () => {
  expect(textOf({ a: [1, null] })).toBe('{"a":[1,null]}');
  expect(textOf(Uint8Array.from([0xe5, 0x80, 0x9f]))).toBe('借');
  expect(textOf(undefined)).toBe('');
  expect(textOf(7)).toBe('7');
});
