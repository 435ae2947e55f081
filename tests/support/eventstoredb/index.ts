/**
 * A stand-in for EventStoreDB: enough of its gRPC protocol, on a loopback socket, for the official client to work
 * against a log in memory. The messages are those of the service definitions that ship inside the client.
 *
 * What passing against it proves: that our adapter speaks to the real client, and the client over a real socket to a
 * server, in calls that a server can answer; that appends are judged, repeated and conflict as the protocol documents;
 * that subscriptions cross from the past into the present, are throttled by a slow reader, filtered, checkpointed and
 * taken up again; and that the adapter keeps its promises when answers are lost, connections break, leaders change and
 * subscriptions are dropped. What it does not prove: durability (the log is in memory), clustering and elections (a
 * second server can share the log of the first, and that is all), scavenging, users and access, TLS, and latency: it
 * is no yardstick for the speed of a real server. Persistent subscriptions, projections and metadata are not offered.
 */
export { type EventStoreDbServer, type EventStoreDbTraits, startEventStoreDb } from './server';
