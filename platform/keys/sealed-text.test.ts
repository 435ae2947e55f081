import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { BrokenSealError, openText, sealingKeyOf, sealText } from '.';
import { secretKey } from './master-key';

const key = { id: 'key-1', secret: secretKey(randomBytes(32)) };

describe('a sealed text', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (clear, place) => {
        const sealed = sealText(key, clear, place);
        expect(sealingKeyOf(sealed)).toBe('key-1');
        expect(openText(key, sealed, place).toString('utf8')).toBe(clear);
      }),
    );
  });

  it('opens nowhere but where it belongs', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (place, elsewhere) => {
        fc.pre(place !== elsewhere);
        expect(() => openText(key, sealText(key, 'clear', place), elsewhere)).toThrow(BrokenSealError);
      }),
    );
  });

  it('does not open when any character of it is another one', () => {
    const sealed = sealText(key, '张三', 'here');
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.';
    for (let at = 0; at < sealed.length; at += 1) {
      for (const digit of digits) {
        if (digit === sealed[at]) continue;
        const changed = sealed.slice(0, at) + digit + sealed.slice(at + 1);
        expect(() => openText(key, changed, 'here')).toThrow(BrokenSealError);
      }
    }
  });

  it('does not open with another key of the same name', () => {
    const other = { id: 'key-1', secret: secretKey(randomBytes(32)) };
    expect(() => openText(other, sealText(key, 'clear', 'here'), 'here')).toThrow(BrokenSealError);
  });

  it('is another text every time', () => {
    const texts = new Set(Array.from({ length: 1_000 }, () => sealText(key, 'clear', 'here')));
    expect(texts.size).toBe(1_000);
  });

  it('leaves no secret where a key is printed', () => {
    const hex = key.secret.export().toString('hex');
    expect(inspect(key, { depth: 9, showHidden: true }) + JSON.stringify(key)).not.toContain(hex.slice(0, 8));
  });
});
