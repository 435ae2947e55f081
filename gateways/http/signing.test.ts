import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { readKeySet, signAnswer, signCallback, verifyCallbackSignature } from '.';
import { verifyAnswer } from './signing';

const { privateKey } = generateKeyPairSync('ed25519');
const key = { keyId: 'k-1', privateKey };
const keys = readKeySet({ keys: [{ ...createPublicKey(privateKey).export({ format: 'jwk' }), kid: 'k-1' }] });

const status = fc.integer({ min: 200, max: 599 });
const requestId = fc.uuid();
const body = fc.uint8Array({ maxLength: 200 });

describe('A signed answer', () => {
  it('is genuine as it was sent', () =>
    fc.assert(
      fc.asyncProperty(status, requestId, body, async (code, id, bytes) => {
        const headers = signAnswer(key, code, id, bytes);
        expect(await verifyAnswer(keys, { status: code, headers, body: bytes }, id)).toBe('genuine');
      }),
    ));

  it('is not genuine with another status, for another question, with another body or another signature', () =>
    fc.assert(
      fc.asyncProperty(status, requestId, body, fc.nat(), async (code, id, bytes, at) => {
        const headers = signAnswer(key, code, id, bytes);
        const answer = { status: code, headers, body: bytes };
        const flipped = Buffer.from(headers.signature, 'base64url');
        flipped[at % 64] = (flipped[at % 64] ?? 0) ^ (1 << (at % 8));
        const changed = { ...headers, signature: flipped.toString('base64url') };
        const verdicts = await Promise.all([
          verifyAnswer(keys, { ...answer, status: code + 1 }, id),
          verifyAnswer(keys, answer, `${id}0`),
          verifyAnswer(keys, { ...answer, body: Buffer.concat([bytes, Buffer.from([0])]) }, id),
          verifyAnswer(keys, { ...answer, headers: changed }, id),
        ]);
        expect(verdicts).toEqual(['badly-signed', 'badly-signed', 'badly-signed', 'badly-signed']);
      }),
    ));

  it.each([
    ['no signature', { 'signature-key-id': 'k-1' }, 'unsigned'],
    ['no key id', { signature: 'AAAA' }, 'unsigned'],
    ['two signatures', { signature: ['AAAA', 'BBBB'], 'signature-key-id': 'k-1' }, 'unsigned'],
    ['a key that we do not know', { signature: 'AAAA', 'signature-key-id': 'k-2' }, 'unknown-key'],
    ['what is no signature', { signature: '§', 'signature-key-id': 'k-1' }, 'badly-signed'],
  ])('with %s is not believed', async (_name, headers, verdict) => {
    expect(await verifyAnswer(keys, { status: 200, headers, body: Buffer.from('{}') }, 'r-1')).toBe(verdict);
  });

  it('cannot pass for a callback', async () => {
    const headers = signAnswer(key, 200, '1795312800', Buffer.from('{}'));
    const dressed = { ...headers, 'callback-id': '200', 'callback-created': '1795312800' };
    const verdict = await verifyCallbackSignature(keys, dressed, Buffer.from('{}'), 1_795_312_800_000);
    expect(verdict).toEqual({ genuine: false, reason: 'badly-signed' });
  });
});

describe('A signed callback', () => {
  const now = 1_795_312_800_000;
  const text = Buffer.from('{"effectId":"e-1"}');

  it.each([
    [-301, 'stale'],
    [-300, true],
    [0, true],
    [300, true],
    [301, 'stale'],
  ])('made %d s from now is judged %s', async (seconds, expected) => {
    const headers = signCallback(key, 'cb-1', now / 1000 + seconds, text);
    const verdict = await verifyCallbackSignature(keys, headers, text, now);
    expect(verdict.genuine ? true : verdict.reason).toBe(expected);
  });

  it.each([['yesterday'], ['-1'], ['1e9'], ['']])('created "%s" is not believed', async (created) => {
    const headers = { ...signCallback(key, 'cb-1', now / 1000, text), 'callback-created': created };
    expect((await verifyCallbackSignature(keys, headers, text, now)).genuine).toBe(false);
  });
});

describe('A key set', () => {
  it.each([
    [{ keys: [] }],
    [{ keys: [{ kty: 'RSA', kid: 'k', n: 'AQAB', e: 'AQAB' }] }],
    [{ keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'k', x: 'short' }] }],
    ['nothing of the kind'],
  ])('without a usable key is refused before any message is judged by it', (set) => {
    expect(() => readKeySet(set)).toThrow();
  });
});
