import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { type KeySet, keySetSchema, type PartnerKeys, publicKeySetOf, type SigningKey } from './keys';

/**
 * How partners sign what they tell us, and we what we tell those who ask for it. Each kind of message has a text of
 * four lines joined by "\n", signed with Ed25519; the header `signature` holds the signature as base64url and
 * `signature-key-id` the key it was made with.
 *
 *   question  usance-question-v1  method and path       x-request-id, idempotency-key  SHA-256 of the body, base64url
 *   answer    usance-answer-v1    status code           x-request-id of the question   SHA-256 of the body, base64url
 *   callback  usance-callback-v1  callback-id (header)  callback-created (header, s)   SHA-256 of the body, base64url
 *
 * The request id, new for every question, ties an answer to its question: it cannot be replayed for another one. The
 * digest is taken over the raw bytes, before anything parses them.
 */
const QUESTION = 'usance-question-v1';
const ANSWER = 'usance-answer-v1';
const CALLBACK = 'usance-callback-v1';

/** A callback older or newer than this is not believed. */
const CALLBACK_WINDOW_SECONDS = 300;

const verifyAsync = promisify<null, Buffer, KeyObject, Buffer, boolean>(verify);

/** Headers as Node and undici hand them over: lower-case names, repeated ones as arrays. */
export type MessageHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export const headerOf = (headers: MessageHeaders, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

const signedText = (profile: string, first: string, second: string, body: Uint8Array): Buffer =>
  Buffer.from([profile, first, second, createHash('sha256').update(body).digest('base64url')].join('\n'));

const signatureHeaders = (key: SigningKey, text: Buffer) => ({
  signature: sign(null, text, key.privateKey).toString('base64url'),
  'signature-key-id': key.keyId,
});

/** A question as it is signed: what is asked, under which ids, with which body. */
export interface SignedQuestion {
  readonly method: string;
  /** As the partner sees it, with its query. */
  readonly path: string;
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
  readonly body: Uint8Array;
}

const questionText = ({ method, path, requestId, idempotencyKey = '', body }: SignedQuestion): Buffer =>
  signedText(QUESTION, `${method} ${path}`, `${requestId} ${idempotencyKey}`, body);

/** Our side: signs questions, and offers the public half of the key with each. */
export const questionSigner = (key: SigningKey) => {
  const publicHalf = { 'signature-key': publicKeySetOf(key).keys[0]?.x };
  return (question: SignedQuestion) => ({ ...signatureHeaders(key, questionText(question)), ...publicHalf });
};

/** The partner's side: the key that came with a question. Who offers it is for the partner to know. */
export const publicKeyOffered = (headers: MessageHeaders): KeySet | undefined => {
  const kid = headerOf(headers, 'signature-key-id');
  const x = headerOf(headers, 'signature-key');
  return keySetSchema.safeParse({ keys: [{ kty: 'OKP', crv: 'Ed25519', kid, x }] }).data;
};

/** The partner's side: whether a question comes from us, unchanged. */
export const verifyQuestion = (
  keys: PartnerKeys,
  headers: MessageHeaders,
  question: Omit<SignedQuestion, 'requestId' | 'idempotencyKey'>,
): Promise<'genuine' | SignatureFault> =>
  judge(keys, headers, () =>
    questionText({
      ...question,
      requestId: headerOf(headers, 'x-request-id') ?? '',
      idempotencyKey: headerOf(headers, 'idempotency-key'),
    }),
  );

/** The partner's side: headers that sign an answer. */
export const signAnswer = (key: SigningKey, status: number, requestId: string, body: Uint8Array) =>
  signatureHeaders(key, signedText(ANSWER, String(status), requestId, body));

/** The partner's side: headers that sign a callback. `created` is in seconds since 1970. */
export const signCallback = (key: SigningKey, callbackId: string, created: number, body: Uint8Array) => ({
  'callback-id': callbackId,
  'callback-created': String(created),
  ...signatureHeaders(key, signedText(CALLBACK, callbackId, String(created), body)),
});

export type SignatureFault = 'unsigned' | 'unknown-key' | 'badly-signed';

const judge = async (
  keys: PartnerKeys,
  headers: MessageHeaders,
  text: () => Buffer,
): Promise<'genuine' | SignatureFault> => {
  const signature = headerOf(headers, 'signature');
  const keyId = headerOf(headers, 'signature-key-id');
  if (signature === undefined || keyId === undefined) return 'unsigned';
  const key = keys.get(keyId);
  if (key === undefined) return 'unknown-key';
  // On a worker thread: verifying is the dearest step of a call and would otherwise hold up the event loop.
  const genuine = await verifyAsync(null, text(), key, Buffer.from(signature, 'base64url'));
  return genuine ? 'genuine' : 'badly-signed';
};

/** Whether an answer comes from the partner, unchanged, and answers this very question. */
export const verifyAnswer = (
  keys: PartnerKeys,
  answer: { readonly status: number; readonly headers: MessageHeaders; readonly body: Uint8Array },
  requestId: string,
): Promise<'genuine' | SignatureFault> =>
  judge(keys, answer.headers, () => signedText(ANSWER, String(answer.status), requestId, answer.body));

export type SignatureVerdict =
  | { readonly genuine: true; readonly callbackId: string }
  | { readonly genuine: false; readonly reason: SignatureFault | 'stale' };

/**
 * Whether a callback comes from the partner, unchanged and recent.
 * @param now milliseconds since 1970
 */
export const verifyCallbackSignature = async (
  keys: PartnerKeys,
  headers: MessageHeaders,
  body: Uint8Array,
  now: number,
): Promise<SignatureVerdict> => {
  const callbackId = headerOf(headers, 'callback-id');
  const created = headerOf(headers, 'callback-created');
  if (callbackId === undefined || created === undefined || !/^\d{1,12}$/.test(created)) {
    return { genuine: false, reason: 'unsigned' };
  }
  const verdict = await judge(keys, headers, () => signedText(CALLBACK, callbackId, created, body));
  if (verdict !== 'genuine') return { genuine: false, reason: verdict };
  const stale = Math.abs(Math.floor(now / 1000) - Number(created)) > CALLBACK_WINDOW_SECONDS;
  return stale ? { genuine: false, reason: 'stale' } : { genuine: true, callbackId };
};
