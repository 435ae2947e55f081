import { randomUUID } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { UUID } from '@eventstore/db-client/generated/shared_pb';
import { type IStreamsServer, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { DeleteResp, TombstoneResp } from '@eventstore/db-client/generated/streams_pb';
import { type Metadata, Server, ServerCredentials, type ServiceError, status } from '@grpc/grpc-js';
import { type AppendTraits, answerAppend } from './appending';
import { answerBatchAppend, type BatchCall } from './batch-appending';
import { Faults } from './faults';
import { Log, type LogTraits } from './log';
import { answerRead, type ReadCall, streamDeleted } from './reading';
import { Subscription, type SubscriptionTraits } from './subscribing';
import { nameOf, rpcError } from './wire';

export interface EventStoreDbTraits extends LogTraits, SubscriptionTraits, AppendTraits {
  /** Offers appends that share one stream; older servers do not. */
  readonly batchAppend: boolean;
  /** The log of another server, to stand beside it in one cluster. */
  readonly log?: Log;
}

export interface EventStoreDbServer {
  readonly url: string;
  readonly port: number;
  readonly log: Log;
  readonly faults: Faults;
  /** How often each call was made since the start, by its name: "Append", "Read", "Subscribe", "BatchAppend" … */
  calls(name: string): number;
  /** Subscriptions that are open, and how they stand. */
  readonly subscriptions: readonly Pick<Subscription, 'eventsSent' | 'isHeldBack'>[];
  /** Breaks every connection at the level of the socket, in the middle of whatever goes on. */
  cutConnections(): void;
  /** Breaks off every subscription that is open, with an error. */
  dropSubscriptions(): void;
  /** Ends every subscription that is open, without an error. */
  endSubscriptions(): void;
  /** Breaks off the streams of batched appends, with whatever is pending on them. */
  tearBatches(): void;
  close(): Promise<void>;
}

interface Treatment {
  refuse(error: ServiceError): void;
  carryOut(): void;
}

const DELIVERED: EventStoreDbTraits = {
  batchAppend: true,
  caughtUp: true,
  checkpointAtEnd: true,
  linkEvents: true,
  idempotent: true,
  maxAppendBytes: 1024 * 1024,
};

const LEADER = MemberInfo.VNodeState.LEADER;

/** Starts a server on a free loopback port. */
export const startEventStoreDb = async (traits: Partial<EventStoreDbTraits> = {}): Promise<EventStoreDbServer> => {
  const kind = { ...DELIVERED, ...traits };
  const log = kind.log ?? new Log(kind);
  const faults = new Faults();
  const calls = new Map<string, number>();
  const subscriptions = new Set<Subscription>();
  const batches = new Set<BatchCall>();

  /** Counts the call; carries it out unless something else is to become of it. */
  const take = (name: string, metadata: Metadata, parts: Treatment): void => {
    calls.set(name, (calls.get(name) ?? 0) + 1);
    const treatment = faults.treatment(metadata.get('requires-leader')[0] === 'true');
    if (treatment === 'carry out') parts.carryOut();
    else if (treatment !== 'ignore') parts.refuse(treatment);
  };

  const follow = (call: ReadCall): void => {
    const subscription = new Subscription(call, log, kind, faults);
    subscriptions.add(subscription);
    subscription.start(() => subscriptions.delete(subscription));
  };

  const streams: IStreamsServer = {
    read: (call) => {
      const following = call.request.getOptions()?.hasSubscription() ?? false;
      take(following ? 'Subscribe' : 'Read', call.metadata, {
        refuse: (error) => void call.emit('error', error),
        carryOut: () => void (following ? follow(call) : answerRead(call, log)),
      });
    },
    append: (call, answer) =>
      take('Append', call.metadata, {
        refuse: answer,
        carryOut: () => answerAppend(call, answer, log, kind, faults),
      }),
    batchAppend: (call) =>
      take('BatchAppend', call.metadata, {
        refuse: (error) => void call.emit('error', error),
        carryOut: () => {
          batches.add(call);
          answerBatchAppend(call, log, kind, faults);
        },
      }),
    delete: (call, answer) => {
      const stream = nameOf(call.request.getOptions()?.getStreamIdentifier());
      if (log.stream(stream) === 'tombstoned') return answer(streamDeleted(stream));
      log.delete(stream);
      answer(null, new DeleteResp());
    },
    tombstone: (call, answer) => {
      const stream = nameOf(call.request.getOptions()?.getStreamIdentifier());
      if (log.stream(stream) === 'tombstoned') return answer(streamDeleted(stream));
      log.tombstone(stream);
      answer(null, new TombstoneResp());
    },
  };

  const grpc = new Server();
  grpc.addService(StreamsService, streams);
  grpc.addService(ServerFeaturesService, {
    getSupportedMethods: (_: unknown, answer: (error: null, methods: SupportedMethods) => void) => {
      calls.set('GetSupportedMethods', (calls.get('GetSupportedMethods') ?? 0) + 1);
      answer(null, supportedMethods(kind.batchAppend));
    },
  });
  grpc.addService(GossipService, {
    read: (_: unknown, answer: (error: null, cluster: ClusterInfo) => void) => answer(null, clusterOf(port)),
  });

  // The sockets are opened here and handed to the server, so that they can be broken.
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    injector.injectConnection(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const { port } = address;

  const cutConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    port,
    log,
    faults,
    calls: (name) => calls.get(name) ?? 0,
    get subscriptions() {
      return [...subscriptions];
    },
    cutConnections,
    dropSubscriptions: () => {
      for (const subscription of [...subscriptions]) subscription.drop(status.UNAVAILABLE, 'Server Is Not Ready');
    },
    endSubscriptions: () => {
      for (const subscription of [...subscriptions]) subscription.end();
    },
    tearBatches: () => {
      for (const call of batches) call.emit('error', rpcError(status.UNAVAILABLE, 'read ECONNRESET'));
      batches.clear();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      injector.destroy();
      cutConnections();
      grpc.forceShutdown();
      await closed;
    },
  };
};

/** The client compares in lower case. */
const supportedMethods = (batchAppend: boolean): SupportedMethods => {
  const method = (name: string, features: string[]): SupportedMethod =>
    new SupportedMethod()
      .setServiceName('event_store.client.streams.streams')
      .setMethodName(name)
      .setFeaturesList(features);
  return new SupportedMethods()
    .setEventStoreServerVersion('24.10.0')
    .setMethodsList([
      method('read', ['position', 'events']),
      ...(batchAppend ? [method('batchappend', ['deadline_duration'])] : []),
    ]);
};

/** A cluster of one. */
const clusterOf = (port: number): ClusterInfo => {
  const id = new UUID();
  id.setString(randomUUID());
  const member = new MemberInfo()
    .setInstanceId(id)
    .setTimeStamp('1')
    .setState(LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(port));
  return new ClusterInfo().setMembersList([member]);
};
