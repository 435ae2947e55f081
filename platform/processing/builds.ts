import type { EventShape } from '../event-log';
import type { Position } from '../event-store';
import { type CollectionSpec, type ReadStore, versionedName } from '../read-store';
import type { Projection } from './projection';

/**
 * A projection's documents lie in builds, of which one is live. The first build of a version bears its number
 * (`loans@3`); rebuilding goes to and fro between that and `loans@1000003`.
 */
const REBUILT = 1_000_000;

export const versionOfBuild = (build: number): number => build % REBUILT;

/** The other build of the same version. */
export const buildBeside = (build: number): number => (build < REBUILT ? build + REBUILT : build - REBUILT);

/** A document whose fold failed: it stays as it was before that event until the projection is rebuilt. */
export interface ParkedDocument {
  readonly key: string;
  /** Of the event from which on it is not folded. */
  readonly position: Position;
  /** The event; unknown where several had made a document that no index can place. */
  readonly event?: { readonly id: string; readonly type: string };
  readonly reason: string;
  /** Later events of the same document that were not folded either. */
  readonly waiting: number;
}

/** Where one build lies. */
export interface BuildSpecs {
  readonly documents: CollectionSpec<object>;
  /** Documents whose fold failed. */
  readonly parked: CollectionSpec<ParkedDocument>;
}

const documentsOf = (name: string, build: number): string => versionedName(name, build);
const parkedOf = (name: string, build: number): string => versionedName(`${name}-parked`, build);

export const specsOf = <E extends EventShape>(projection: Projection<E, object>, build: number): BuildSpecs => ({
  documents: { name: documentsOf(projection.name, build), indexes: projection.indexes },
  parked: { name: parkedOf(projection.name, build), indexes: { position: ({ position }) => [position] } },
});

/** The live documents are of another version; this one is still being built. Ask again later. */
export class ProjectionNotReadyError extends Error {
  override readonly name = 'ProjectionNotReadyError';
}

/** The live documents of a projection. Throws {@link ProjectionNotReadyError} when they are of another version. */
export const liveSpec = <E extends EventShape, Doc extends object>(
  { name, version, indexes }: Projection<E, Doc>,
  live: number | undefined,
): CollectionSpec<Doc> => {
  if (live === undefined || versionOfBuild(live) !== version) {
    throw new ProjectionNotReadyError(`version ${version} of ${name} is being built`);
  }
  return { name: documentsOf(name, live), indexes };
};

/** Removes all that a build has written: its checkpoint first, which must not outlive the documents. Idempotent. */
export const eraseBuild = async (store: ReadStore, name: string, build: number): Promise<void> => {
  await store.forget(documentsOf(name, build));
  await store.drop(parkedOf(name, build));
  await store.drop(documentsOf(name, build));
};

/** Removes the builds that were replaced or given up. Those of newer versions stay: another process may be at work. */
export const eraseLeftovers = async (
  store: ReadStore,
  { name, version }: { readonly name: string; readonly version: number },
  live: number,
): Promise<void> => {
  const begun = versionOfBuild(live) === version ? live : version;
  for (const collection of await store.collections()) {
    const [projection, number] = collection.split('@');
    const build = Number(number);
    if (projection !== name || build === live || build === begun || versionOfBuild(build) > version) continue;
    await eraseBuild(store, name, build);
  }
};
