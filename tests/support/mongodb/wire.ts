import { BSON } from 'mongodb';

/** Fields by name; what they hold is checked where it is used. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Request {
  readonly id: number;
  readonly body: Fields;
  /** The client waits for no answer. */
  readonly unanswered: boolean;
  readonly legacy: boolean;
}

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const MORE_TO_COME = 2;

const document = (bytes: Buffer): Fields => BSON.deserialize(bytes, { promoteBuffers: false });

/** Takes the first whole message off the bytes that have arrived; undefined when there is none yet. */
export const takeRequest = (bytes: Buffer): { readonly request: Request; readonly rest: Buffer } | undefined => {
  const length = bytes.length < 4 ? Number.POSITIVE_INFINITY : bytes.readInt32LE(0);
  if (bytes.length < length) return undefined;
  const message = bytes.subarray(0, length);
  return { request: requestOf(message), rest: bytes.subarray(length) };
};

const requestOf = (message: Buffer): Request => {
  const id = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === OP_QUERY) return { id, body: queryBody(message), unanswered: false, legacy: true };
  if (operation !== OP_MSG) throw new Error(`message of kind ${operation}`);
  const unanswered = (message.readUInt32LE(HEADER) & MORE_TO_COME) !== 0;
  return { id, body: messageBody(message), unanswered, legacy: false };
};

/** flags, name of the collection, skip, limit, document: the driver's first handshake still comes this way. */
const queryBody = (message: Buffer): Fields => {
  const endOfName = message.indexOf(0, HEADER + 4);
  return { ...document(message.subarray(endOfName + 1 + 8)), $db: 'admin' };
};

/** Sections: the body (kind 0), and lists of documents that belong into it by name (kind 1). */
const messageBody = (message: Buffer): Fields => {
  let body: Fields = {};
  let at = HEADER + 4;
  while (at < message.length) {
    const start = at + 1;
    const end = start + message.readInt32LE(start);
    const section =
      message[at] === 0 ? document(message.subarray(start, end)) : documentSequence(message.subarray(start, end));
    body = { ...body, ...section };
    at = end;
  }
  return body;
};

const documentSequence = (section: Buffer): Fields => {
  const endOfName = section.indexOf(0, 4);
  const documents: Fields[] = [];
  for (let at = endOfName + 1; at < section.length; at += section.readInt32LE(at)) {
    documents.push(document(section.subarray(at, at + section.readInt32LE(at))));
  }
  return { [section.toString('utf8', 4, endOfName)]: documents };
};

/** The bytes that answer a request. */
export const replyBytes = (request: Request, reply: Fields): Buffer => {
  const body = BSON.serialize(reply);
  const header = Buffer.alloc(request.legacy ? 36 : 21);
  header.writeInt32LE(header.length + body.length, 0);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    header.writeInt32LE(8, 16); // AwaitCapable, as every server since 1.6 says
    header.writeInt32LE(1, 32); // documents that follow
  }
  return Buffer.concat([header, body]);
};
