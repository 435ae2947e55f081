import type { FastifyReply } from 'fastify';
import { type SigningKey, signAnswer } from '../http';
import type { Answering } from './behaviour';

/** What is said to a question, before it is known how (or whether) it is delivered. */
export interface Said {
  readonly status: number;
  readonly body: object;
}

export const refused = (code: string): Said => ({ status: 422, body: { outcome: 'refused', code } });

export interface Delivery {
  readonly key: SigningKey;
  readonly requestId: string;
  readonly slowMs: number;
}

const CHUNK = Buffer.alloc(64 * 1024, ' ');
const OVERSIZED_CHUNKS = (100 * 1024 * 1024) / CHUNK.length;
const TRICKLE_MS = 20;
const JSON_HEADERS = { 'content-type': 'application/json' } as const;

const send = (reply: FastifyReply, status: number, body: Buffer, signed: Buffer | undefined, delivery: Delivery) => {
  const signature = signed === undefined ? {} : signAnswer(delivery.key, status, delivery.requestId, signed);
  return reply
    .code(status)
    .headers({ ...JSON_HEADERS, ...signature })
    .send(body);
};

/** Writes until the other side has had enough, no faster than it reads. */
const flood = (reply: FastifyReply): void => {
  const { raw } = reply;
  let left = OVERSIZED_CHUNKS;
  const pour = (): void => {
    while (left > 0 && !raw.destroyed) {
      left -= 1;
      if (!raw.write(CHUNK)) {
        raw.once('drain', pour);
        return;
      }
    }
    raw.end();
  };
  raw.writeHead(200, JSON_HEADERS);
  pour();
};

const trickle = (reply: FastifyReply): void => {
  const { raw } = reply;
  raw.writeHead(200, JSON_HEADERS);
  const drip = setInterval(() => raw.write(' '), TRICKLE_MS);
  raw.once('close', () => clearInterval(drip));
};

const sendLater = (reply: FastifyReply, ms: number, deliver: () => void): void => {
  const timer = setTimeout(deliver, ms);
  reply.raw.once('close', () => clearTimeout(timer));
};

/** Delivers what is said in the way that the behaviour calls for. */
export const deliver = (reply: FastifyReply, said: Said, how: Answering, delivery: Delivery): FastifyReply => {
  const body = Buffer.from(JSON.stringify(said.body));
  switch (how) {
    case 'properly':
      return send(reply, said.status, body, body, delivery);
    case 'slowly':
      sendLater(reply, delivery.slowMs, () => void send(reply, said.status, body, body, delivery));
      return reply;
    case 'unsigned':
      return send(reply, said.status, body, undefined, delivery);
    case 'badly-signed':
      return send(reply, said.status, body, Buffer.from('another body'), delivery);
    case 'garbage': {
      const half = body.subarray(0, Math.ceil(body.length / 2));
      return send(reply, 200, half, half, delivery);
    }
    case 'server-error':
      return send(reply, 503, Buffer.from('{"outcome":"server-error"}'), undefined, delivery);
    case 'never':
      return reply.hijack();
    case 'reset':
      reply.hijack();
      reply.raw.socket?.resetAndDestroy();
      return reply;
    case 'oversized':
      reply.hijack();
      flood(reply);
      return reply;
    case 'trickling':
      reply.hijack();
      trickle(reply);
      return reply;
  }
};
