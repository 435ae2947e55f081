import { randomUUID } from 'node:crypto';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { status } from '@grpc/grpc-js';
import type { Faults } from './faults';
import type { Log, LoggedEvent } from './log';
import { type ReadCall, streamDeleted } from './reading';
import { checkpointReply, eventReply, nameOf, rpcError } from './wire';

/** What servers of different ages do differently. */
export interface SubscriptionTraits {
  /** Says when a subscription has come up with the log (23.10 and newer). */
  readonly caughtUp: boolean;
  /** Sends a checkpoint when it comes up with the log, not only every so many events (24.10 and newer). */
  readonly checkpointAtEnd: boolean;
}

const DEFAULT_WINDOW = 32;

/** A subscription that lags so far behind is not live any more: it reads on from the log and catches up again. */
const LIVE_BUFFER = 32;

/** One subscription: everything behind its start, then whatever comes, no faster than the client reads. */
export class Subscription {
  readonly #wanted: (event: LoggedEvent) => boolean;
  readonly #checkpointEvery: number;
  readonly #stream: string | undefined;
  #next: number;
  #sent = 0;
  #considered = 0;
  #lastCheckpoint = -1n;
  #blocked = false;
  #level = false;
  #over = false;
  #ended: () => void = () => undefined;

  constructor(
    private readonly call: ReadCall,
    private readonly log: Log,
    private readonly traits: SubscriptionTraits,
    private readonly faults: Faults,
  ) {
    const options = call.request.getOptions() ?? new ReadReq.Options();
    const filter = options.getFilter();
    this.#stream = options.getStream() && nameOf(options.getStream()?.getStreamIdentifier());
    this.#wanted = filter ? matcher(filter) : () => true;
    this.#checkpointEvery = filter ? (filter.getMax() || DEFAULT_WINDOW) * filter.getCheckpointintervalmultiplier() : 0;
    this.#next = startOf(options, log, this.#stream);
  }

  /** Runs until the client goes away or the server breaks it off. */
  start(ended: () => void): void {
    const stopFollowing = this.log.onGrowth(() => this.#pump());
    this.#ended = () => {
      this.#over = true;
      stopFollowing();
      ended();
    };
    this.call.on('cancelled', this.#ended);
    this.call.on('error', this.#ended);
    const confirmation = new ReadResp.SubscriptionConfirmation();
    confirmation.setSubscriptionId(randomUUID());
    this.#write(new ReadResp().setConfirmation(confirmation));
    this.#pump();
  }

  get eventsSent(): number {
    return this.#sent;
  }

  /** The client does not take what is sent to it. */
  get isHeldBack(): boolean {
    return this.#blocked;
  }

  /** Ends it as if there were nothing more to come. */
  end(): void {
    if (this.#over) return;
    this.#ended();
    this.call.end();
  }

  /** Breaks it off. */
  drop(code: status, details: string): void {
    if (!this.#over) this.call.emit('error', rpcError(code, details));
  }

  #pump(): void {
    if (this.faults.muted) return;
    if (this.#blocked && this.log.length - this.#next > LIVE_BUFFER) this.#level = false;
    while (!this.#blocked && !this.#over && this.#next < this.log.length) {
      const event = this.log.at(this.#next);
      this.#next += 1;
      if (event) this.#consider(event);
    }
    if (!this.#blocked && !this.#over && !this.#level && this.#next >= this.log.length) this.#comeLevel();
  }

  #consider(event: LoggedEvent): void {
    if (this.#stream !== undefined) {
      if (this.log.stream(this.#stream) === 'tombstoned')
        return void this.call.emit('error', streamDeleted(this.#stream));
      if (event.stream !== this.#stream) return;
    }
    this.#considered += 1;
    if (this.#wanted(event)) {
      if (this.#sent >= this.faults.eventsPerSubscription) {
        this.drop(status.ABORTED, 'Operation timed out: Consumer too slow to handle event while live.');
        return;
      }
      this.#sent += 1;
      this.#write(eventReply(event));
    }
    if (this.#checkpointEvery > 0 && this.#considered % this.#checkpointEvery === 0) {
      this.#checkpoint(event.position, event.position);
    }
  }

  #comeLevel(): void {
    this.#level = true;
    // At the end of the log a place is named at which nothing is yet: the next record, and none of its events.
    if (this.traits.checkpointAtEnd && this.#checkpointEvery > 0) this.#checkpoint(this.log.end, 0n);
    if (this.traits.caughtUp) this.#write(new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
  }

  /** Never the same twice. */
  #checkpoint(commit: bigint, prepare: bigint): void {
    if (commit <= this.#lastCheckpoint) return;
    this.#lastCheckpoint = commit;
    this.#write(checkpointReply(commit, prepare));
  }

  #write(reply: ReadResp): void {
    if (this.#over || this.call.write(reply) || this.#blocked) return;
    this.#blocked = true;
    this.call.once('drain', () => {
      this.#blocked = false;
      this.#pump();
    });
  }
}

/** A subscription starts behind its position, where a read would include it. */
const startOf = (options: ReadReq.Options, log: Log, stream: string | undefined): number => {
  const [all, one] = [options.getAll(), options.getStream()];
  if (all?.hasEnd() || one?.hasEnd()) return log.length;
  const position = all?.getPosition();
  if (position) {
    const [commit, prepare] = [BigInt(position.getCommitPosition()), BigInt(position.getPreparePosition())];
    return log.indexOf(prepare < commit ? commit : commit + 1n);
  }
  if (stream !== undefined && one?.hasRevision()) {
    const events = log.stream(stream);
    const last = Array.isArray(events)
      ? events.find(({ revision }) => revision === BigInt(one.getRevision()))
      : undefined;
    return last ? log.indexOf(last.position + 1n) : 0;
  }
  return 0;
};

const matcher = (filter: ReadReq.Options.FilterOptions): ((event: LoggedEvent) => boolean) => {
  const onStream = filter.getStreamIdentifier();
  const expression = onStream ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  return (event) => {
    const text = onStream ? event.stream : event.type;
    return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
  };
};
