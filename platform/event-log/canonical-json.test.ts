import fc from 'fast-check';
import { CanonicalJsonError, canonicalJson } from './canonical-json';

const double = (bits: string): number => Buffer.from(bits, 'hex').readDoubleBE(0);

describe('canonical JSON', () => {
  it('writes the sample of RFC 8785, 3.2.2', () => {
    const sample = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(sample)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts members by UTF-16 code units, as in RFC 8785, 3.2.3', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(sample)))).toHaveLength(7);
    expect(canonicalJson(sample)).toBe(
      `{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",` +
        `"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}`,
    );
  });

  it('sorts nested members, and members that look like numbers, as texts', () => {
    expect(canonicalJson({ b: { z: 1, a: [{ y: 1, x: 2 }] }, '10': 0, '9': 0 })).toBe(
      '{"10":0,"9":0,"b":{"a":[{"x":2,"y":1}],"z":1}}',
    );
  });

  it('sorts any number of members, whatever they are called', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 60 }), (names) => {
        const value = Object.fromEntries(names.map((name, index) => [name, index]));
        const inOrder = Object.keys(value).sort();
        const members = inOrder.map((name) => `${JSON.stringify(name)}:${value[name]}`);
        expect(canonicalJson(value)).toBe(`{${members.join(',')}}`);
      }),
    );
  });

  it('writes more names than it can remember', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `name "${index}"`);
    for (const name of names) expect(canonicalJson({ [name]: 1 })).toBe(`{${JSON.stringify(name)}:1}`);
    expect(canonicalJson({ 'name "9999"': 2 })).toBe(String.raw`{"name \"9999\"":2}`);
  });

  // RFC 8785, appendix B.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s as %s', (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1, c: undefined })).toBe('{"a":1}');
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinite number', Number.POSITIVE_INFINITY],
    ['a lone surrogate', 'x\ud800y'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a bigint', 1n],
    ['a hole in an array', [1, undefined]],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['an instance of a class', { name: new (class Sealed {})() }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(CanonicalJsonError);
  });

  it('does not quote what it refuses', () => {
    expect(() => canonicalJson({ name: '张三\ud800' })).toThrow(/^a string with a lone surrogate$/);
  });

  const plainJson = fc.jsonValue({ stringUnit: 'binary' });

  it('loses nothing', () => {
    fc.assert(
      fc.property(plainJson, (value) => {
        const once: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(once);
      }),
    );
  });

  it('is one text for equal values, whatever the order of their members', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, shuffled(member)]),
      );
    };
    fc.assert(
      fc.property(plainJson, (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });
});
