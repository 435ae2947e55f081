import { jwtVerify, SignJWT } from 'jose';
import { RecentMap } from '../runtime';

/** Who a bearer token speaks for. */
export interface TokenActor {
  readonly kind: string;
  readonly id: string;
}

export interface Tokens {
  /** A signed token for an actor, valid for so many seconds. */
  issue(actor: TokenActor, seconds: number): Promise<string>;
  /**
   * Who the token speaks for, or undefined when it is not ours, has been tampered with or has expired. A token that was
   * verified lately is answered at once, with the same object as long as it is remembered.
   */
  verify(token: string): TokenActor | undefined | Promise<TokenActor | undefined>;
}

const ISSUER = 'usance';
const AUDIENCE = 'usance-api';

/** Whom a token can speak for: what fits into the record of who did something. */
const SUBJECT = /^[\x21-\x7e]{1,128}$/;

/** Verified tokens remembered, so that a busy caller's token is checked once; those not used for longest go first. */
const REMEMBERED_MAX = 20_000;

/**
 * JWTs signed with HS256 under the house's own secret (32 bytes or more).
 *
 * @param most how many verified tokens are remembered
 */
export const createTokens = (secret: Uint8Array, now: () => number, most = REMEMBERED_MAX): Tokens => {
  const remembered = new RecentMap<string, { readonly actor: TokenActor; readonly expires: number }>(most);

  const check = async (token: string): Promise<TokenActor | undefined> => {
    const { payload } = await jwtVerify(token, secret, {
      issuer: ISSUER,
      audience: AUDIENCE,
      algorithms: ['HS256'],
      currentDate: new Date(now()),
      requiredClaims: ['sub', 'exp', 'kind'],
    });
    const { sub, kind, exp } = payload;
    if (typeof sub !== 'string' || !SUBJECT.test(sub) || typeof kind !== 'string' || exp === undefined)
      return undefined;
    const actor = { kind, id: sub };
    remembered.set(token, { actor, expires: exp * 1000 });
    return actor;
  };

  return {
    issue: (actor, seconds) => {
      const issuedAt = Math.floor(now() / 1000);
      return new SignJWT({ kind: actor.kind })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(actor.id)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + seconds)
        .sign(secret);
    },
    verify: (token) => {
      const known = remembered.get(token);
      if (known) return known.expires > now() ? known.actor : undefined;
      // Every way in which a token can be wrong has one answer: it speaks for nobody.
      return check(token).catch(() => undefined);
    },
  };
};
