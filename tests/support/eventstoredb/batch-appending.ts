import {
  AllStreamPosition,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { type BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { type AppendTraits, connectionLost, expectationOf, sizeOf } from './appending';
import type { Faults } from './faults';
import type { Expectation, Log, ProposedEvent, Verdict } from './log';
import { identifierOf, nameOf, proposedOf, uuidOf } from './wire';

export type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Batch {
  readonly options: BatchAppendReq.Options;
  readonly events: ProposedEvent[];
}

/** Appends of many callers on one long stream, told apart by their correlation ids; big ones come in several parts. */
export const answerBatchAppend = (call: BatchCall, log: Log, traits: AppendTraits, faults: Faults): void => {
  const pending = new Map<string, Batch>();
  call.on('data', (request: BatchAppendReq) => {
    const id = uuidOf(request.getCorrelationId());
    const options = request.getOptions();
    if (options) pending.set(id, { options, events: [] });
    const batch = pending.get(id);
    if (!batch) return;
    batch.events.push(...request.getProposedMessagesList().map(proposedOf));
    if (!request.getIsFinal() || faults.holdsBatches) return;
    pending.delete(id);
    const reply = carryOut(batch, log, traits);
    const loss = faults.takeLoss();
    if (loss === 'broken') return void call.emit('error', connectionLost());
    if (loss === 'silent') return;
    call.write(
      reply.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(batch.options.getStreamIdentifier()),
    );
  });
  call.on('end', () => call.end());
};

const carryOut = ({ options, events }: Batch, log: Log, { maxAppendBytes }: AppendTraits): BatchAppendResp => {
  if (sizeOf(events) > maxAppendBytes) {
    return refused(new MaximumAppendSizeExceeded().setMaxappendsize(maxAppendBytes), 'MaximumAppendSizeExceeded');
  }
  const stream = nameOf(options.getStreamIdentifier());
  const expected = expectationOf(options, options.getStreamPosition());
  const verdict = log.append(stream, expected, events);
  switch (verdict.kind) {
    case 'tombstoned':
      return refused(new StreamDeleted().setStreamIdentifier(identifierOf(stream)), 'StreamDeleted');
    case 'conflict':
      return refused(wrongVersion(verdict, expected), 'WrongExpectedVersion');
    case 'written':
    case 'repeated':
      return done(verdict);
  }
};

/** Errors of this form are packed into the answer, and do not end the stream. */
const refused = (message: { serializeBinary(): Uint8Array }, name: string): BatchAppendResp => {
  const details = new Any();
  details.pack(message.serializeBinary(), `event_store.client.${name}`);
  return new BatchAppendResp().setError(new Status().setDetails(details));
};

const wrongVersion = (
  { revision }: Extract<Verdict, { kind: 'conflict' }>,
  expected: Expectation,
): WrongExpectedVersion => {
  const wrong = new WrongExpectedVersion();
  if (revision === undefined) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(String(revision));
  if (expected === 'any') return wrong.setExpectedAny(new Empty());
  if (expected === 'none') return wrong.setExpectedNoStream(new Empty());
  if (expected === 'exists') return wrong.setExpectedStreamExists(new Empty());
  return wrong.setExpectedStreamPosition(String(expected));
};

const done = ({ last }: Extract<Verdict, { kind: 'written' | 'repeated' }>): BatchAppendResp => {
  const position = new AllStreamPosition()
    .setCommitPosition(String(last.position))
    .setPreparePosition(String(last.position));
  const success = new BatchAppendResp.Success().setCurrentRevision(String(last.revision)).setPosition(position);
  return new BatchAppendResp().setSuccess(success);
};
