/**
 * A stand-in for MongoDB: enough of its wire protocol, on a loopback socket, for the official driver to work against
 * documents in memory.
 *
 * What passing against it proves: that our adapter speaks to the real driver, and the driver over a real socket to a
 * server, in commands that a server can answer; that the guards, upserts, cursors and retries of the adapter do what
 * they are meant to under the semantics that MongoDB documents. What it does not prove: MongoDB's planner (an index
 * here is a name and nothing else, every query looks at every document), its locking and write conflicts (commands
 * here run one after the other), its durability and replication (a write concern is accepted and means nothing). It
 * is no yardstick for speed either. Transactions, change streams, unique indexes and secondaries are refused, loudly.
 */
export { type Interceptor, type MongoServer, startMongoServer } from './server';
