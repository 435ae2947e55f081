import { once } from 'node:events';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { type ServerWritableStream, status } from '@grpc/grpc-js';
import type { Log, LoggedEvent } from './log';
import { eventReply, identifierOf, nameOf, rpcError } from './wire';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

export const streamDeleted = (stream: string): ReturnType<typeof rpcError> =>
  rpcError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

/** A bounded read: of a stream or of everything, forwards or backwards, at most so many events. */
export const answerRead = async (call: ReadCall, log: Log): Promise<void> => {
  const options = call.request.getOptions() ?? new ReadReq.Options();
  const back = options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
  const count = Number(options.getCount());
  const one = options.getStream();
  const all = options.getAll();
  if (one) {
    const stream = nameOf(one.getStreamIdentifier());
    const events = log.stream(stream);
    if (events === 'tombstoned') return void call.emit('error', streamDeleted(stream));
    if (events === undefined) {
      const notFound = new ReadResp.StreamNotFound();
      notFound.setStreamIdentifier(identifierOf(stream));
      call.write(new ReadResp().setStreamNotFound(notFound));
      return void call.end();
    }
    await send(call, takeOfStream(events, one, back, count));
  } else if (all) {
    await send(call, takeOfAll(log, all, back, count));
  }
};

function* takeOfStream(
  events: readonly LoggedEvent[],
  from: ReadReq.Options.StreamOptions,
  back: boolean,
  count: number,
): Generator<LoggedEvent> {
  const first = Number(events[0]?.revision ?? 0n);
  const start = from.hasStart() ? 0 : from.hasEnd() ? events.length - 1 : Number(from.getRevision()) - first;
  // From the end onwards there is nothing, from the start backwards neither.
  if (back ? from.hasStart() : from.hasEnd()) return;
  let index = back ? Math.min(start, events.length - 1) : Math.max(start, 0);
  for (let left = count; left > 0; left -= 1) {
    const event = events[index];
    if (event === undefined) return;
    yield event;
    index += back ? -1 : 1;
  }
}

function* takeOfAll(log: Log, from: ReadReq.Options.AllOptions, back: boolean, count: number): Generator<LoggedEvent> {
  if (back ? from.hasStart() : from.hasEnd()) return;
  // A position is inclusive forwards and exclusive backwards.
  const place = log.indexOf(BigInt(from.getPosition()?.getCommitPosition() ?? '0'));
  let index = back ? (from.hasEnd() ? log.length : place) - 1 : from.hasStart() ? 0 : place;
  for (let left = count; left > 0; left -= 1) {
    const event = log.at(index);
    if (event === undefined) return;
    yield event;
    index += back ? -1 : 1;
  }
}

/** Writes no faster than the client reads. */
const send = async (call: ReadCall, events: Iterable<LoggedEvent>): Promise<void> => {
  for (const event of events) {
    if (!call.write(eventReply(event)) && !(await drained(call))) return;
  }
  call.end();
};

/** Waits until the client has taken what was written; false if it goes away instead. */
const drained = async (call: ReadCall): Promise<boolean> => {
  if (call.cancelled) return false;
  const settled = new AbortController();
  const { signal } = settled;
  try {
    await Promise.race([once(call, 'drain', { signal }), once(call, 'cancelled', { signal })]);
    return !call.cancelled;
  } finally {
    settled.abort();
  }
};
