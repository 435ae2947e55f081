import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PartnerKeys } from './keys';
import { type MessageHeaders, verifyAnswer } from './signing';

/** Why nothing usable came back. What the partner did is then not known, whatever the reason. */
export type Silence =
  | 'timed-out'
  | 'connection-failed'
  | 'server-error'
  | 'unexpected-status'
  | 'unsigned'
  | 'badly-signed'
  | 'unparsable'
  | 'too-large'
  /** Not sent: the partner has failed too often just now. */
  | 'breaker-open'
  /** Not sent: too many calls to this partner are waiting already. */
  | 'overloaded';

/** What came of a question. Only the first two are the partner's word; everything else is silence. */
export type PartnerAnswer<T> =
  | {
      readonly kind: 'answered';
      readonly body: T;
      /** SHA-256 of the bytes as received, hex. */
      readonly digest: string;
    }
  /** A signed, definite no: the partner has done nothing and will do nothing about this question. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'silent'; readonly reason: Silence };

export const silent = (reason: Silence): { readonly kind: 'silent'; readonly reason: Silence } => ({
  kind: 'silent',
  reason,
});

/** The body of a definite no (status 422). */
const partnerRefusalSchema = z.object({
  outcome: z.literal('refused'),
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+){0,7}$/),
});

export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: MessageHeaders;
  readonly body: Buffer;
}

const parseAs = <T>(schema: z.ZodType<T>, body: Buffer): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

/** Judges what was received: signature first, on the raw bytes; then status; then shape. */
export const readAnswer = async <T>(
  received: ReceivedAnswer,
  requestId: string,
  keys: PartnerKeys,
  schema: z.ZodType<T>,
): Promise<PartnerAnswer<T>> => {
  const { status, body } = received;
  if (status >= 500) return silent('server-error');
  const verdict = await verifyAnswer(keys, received, requestId);
  if (verdict !== 'genuine') return silent(verdict === 'unsigned' ? 'unsigned' : 'badly-signed');
  if (status === 422) {
    const refusal = parseAs(partnerRefusalSchema, body);
    return refusal === undefined ? silent('unparsable') : { kind: 'refused', code: refusal.code };
  }
  if (status < 200 || status > 299) return silent('unexpected-status');
  const parsed = parseAs(schema, body);
  if (parsed === undefined) return silent('unparsable');
  return { kind: 'answered', body: parsed, digest: createHash('sha256').update(body).digest('hex') };
};
