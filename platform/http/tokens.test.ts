import { createTokens } from '.';

const secret = new Uint8Array(32).fill(7);
const borrower = { kind: 'borrower', id: 'borrower-1' };

const start = Date.parse('2026-03-02T02:00:00.000Z');
let now = start;
const open = (most?: number) => createTokens(secret, () => now, most);

beforeEach(() => {
  now = start;
});

const tampered = (token: string): string => {
  const last = token.at(-2) === 'A' ? 'B' : 'A';
  return `${token.slice(0, -2)}${last}${token.slice(-1)}`;
};

describe('A verified token', () => {
  it('is answered at once from then on, with the same actor', async () => {
    const tokens = open();
    const token = await tokens.issue(borrower, 60);
    const first = tokens.verify(token);
    expect(first).toBeInstanceOf(Promise);
    const actor = await first;
    expect(actor).toEqual(borrower);
    expect(tokens.verify(token)).toBe(actor);
  });

  it('speaks for nobody from the instant of its expiry, remembered or not', async () => {
    const tokens = open();
    const token = await tokens.issue(borrower, 60);
    now = start + 59_999;
    expect(await tokens.verify(token)).toEqual(borrower);
    expect(tokens.verify(token)).toEqual(borrower);
    now = start + 60_000;
    expect(tokens.verify(token)).toBeUndefined();
    expect(await open().verify(token)).toBeUndefined();
  });

  it('vouches for no other text', async () => {
    const tokens = open();
    const token = await tokens.issue(borrower, 60);
    await tokens.verify(token);
    for (const other of [tampered(token), `${token}.`, token.slice(1), token.toUpperCase()]) {
      expect(await tokens.verify(other)).toBeUndefined();
      // It is not remembered either.
      expect(tokens.verify(other)).toBeInstanceOf(Promise);
    }
  });

  it('is not remembered by another house', async () => {
    const tokens = open();
    const token = await tokens.issue(borrower, 60);
    await tokens.verify(token);
    expect(await createTokens(new Uint8Array(32).fill(8), () => now).verify(token)).toBeUndefined();
  });

  it('is forgotten when so many others were used since', async () => {
    const tokens = open(2);
    const [one, two, three] = await Promise.all(
      ['1', '2', '3'].map((n) => tokens.issue({ kind: 'borrower', id: `borrower-${n}` }, 60)),
    );
    for (const token of [one, two, one, three]) await tokens.verify(String(token));
    expect(tokens.verify(String(one))).toEqual({ kind: 'borrower', id: 'borrower-1' });
    expect(tokens.verify(String(three))).toEqual({ kind: 'borrower', id: 'borrower-3' });
    expect(tokens.verify(String(two))).toBeInstanceOf(Promise);
  });
});
