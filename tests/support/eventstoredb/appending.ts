import { setImmediate } from 'node:timers';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { AppendReq, AppendResp, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { type ServerReadableStream, type sendUnaryData, status } from '@grpc/grpc-js';
import type { Faults } from './faults';
import type { Expectation, Log, ProposedEvent, Verdict } from './log';
import { streamDeleted } from './reading';
import { nameOf, proposedOf, rpcError } from './wire';

export interface AppendTraits {
  /** Most bytes one append may carry; servers are delivered with 1 MiB. */
  readonly maxAppendBytes: number;
}

export const expectationOf = (options: AppendReq.Options | BatchAppendReq.Options, revision: string): Expectation => {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'none';
  return options.hasStreamExists() ? 'exists' : BigInt(revision);
};

export const sizeOf = (events: readonly ProposedEvent[]): number =>
  events.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + type.length, 0);

export const connectionLost = (): ReturnType<typeof rpcError> => rpcError(status.UNAVAILABLE, 'read ECONNRESET');

/** One append as a call of its own: the options first, then one message an event, one answer. */
export const answerAppend = (
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
  log: Log,
  traits: AppendTraits,
  faults: Faults,
): void => {
  let options = new AppendReq.Options();
  const events: ProposedEvent[] = [];
  call.on('data', (request: AppendReq) => {
    const message = request.getProposedMessage();
    options = request.getOptions() ?? options;
    if (message) events.push(proposedOf(message));
  });
  const carryOut = (): void => {
    const tooMany = sizeOf(events) > traits.maxAppendBytes;
    const stream = nameOf(options.getStreamIdentifier());
    const expected = expectationOf(options, options.getRevision());
    const verdict = tooMany ? undefined : log.append(stream, expected, events);
    const loss = tooMany ? undefined : faults.takeLoss();
    if (verdict === undefined) answer(tooBig(traits.maxAppendBytes));
    else if (loss === 'broken') answer(connectionLost());
    else if (verdict.kind === 'tombstoned') answer(streamDeleted(stream));
    else if (loss === undefined) answer(null, replyTo(verdict, expected));
  };
  // A connection that breaks ends the messages, too, in the middle, and only a little later is the call called off.
  call.on('end', () => void setImmediate(() => call.cancelled || carryOut()));
};

const tooBig = (most: number): ReturnType<typeof rpcError> =>
  rpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${most} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(most),
  });

const replyTo = (verdict: Exclude<Verdict, { kind: 'tombstoned' }>, expected: Expectation): AppendResp => {
  if (verdict.kind === 'conflict') {
    const wrong = new AppendResp.WrongExpectedVersion();
    if (verdict.revision === undefined) wrong.setCurrentNoStream(new Empty());
    else wrong.setCurrentRevision(String(verdict.revision));
    if (expected === 'any') wrong.setExpectedAny(new Empty());
    else if (expected === 'none') wrong.setExpectedNoStream(new Empty());
    else if (expected === 'exists') wrong.setExpectedStreamExists(new Empty());
    else wrong.setExpectedRevision(String(expected));
    return new AppendResp().setWrongExpectedVersion(wrong);
  }
  const position = new AppendResp.Position();
  position.setCommitPosition(String(verdict.last.position));
  position.setPreparePosition(String(verdict.last.position));
  const success = new AppendResp.Success();
  success.setCurrentRevision(String(verdict.last.revision));
  success.setPosition(position);
  return new AppendResp().setSuccess(success);
};
