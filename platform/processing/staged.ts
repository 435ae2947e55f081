import type { Position } from '../event-store';
import { type CollectionSpec, type Put, put, type QueryItem, type ReadStore } from '../read-store';
import { RecentMap } from '../runtime';

export interface StagedDocument<Doc extends object> {
  readonly doc: Doc | undefined;
  readonly position: Position;
}

/** How many documents are remembered that were read or written last. */
const REMEMBERED = 10_000;

/** A collection with changes that are not written yet. Reading by key sees them; queries see what is written. */
export class Staged<Doc extends object> {
  private readonly changes = new Map<string, StagedDocument<Doc>>();
  /** As they are in the store, while nobody else writes there. */
  private readonly known = new RecentMap<string, StagedDocument<Doc>>(REMEMBERED);

  /** @param alone nobody else writes these documents: what was seen or written here needs no second look */
  constructor(
    private readonly store: ReadStore,
    private readonly spec: CollectionSpec<Doc>,
    private readonly alone: boolean,
  ) {}

  async get(key: string): Promise<StagedDocument<Doc> | undefined> {
    return this.changes.get(key) ?? this.known.get(key) ?? (await this.store.get(this.spec, key));
  }

  /** A document of this key was seen in the store. */
  saw(key: string, seen: StagedDocument<Doc>): void {
    if (!this.alone) return;
    const known = this.known.get(key);
    if (known === undefined || known.position < seen.position) this.known.set(key, seen);
  }

  /** The store skips it unless its position is beyond that of the document's last change. */
  stage(key: string, doc: Doc | undefined, position: Position): void {
    this.changes.set(key, { doc, position });
  }

  /** What is staged to be there. */
  documents(): readonly Doc[] {
    return [...this.changes.values()].flatMap(({ doc }) => (doc === undefined ? [] : [doc]));
  }

  /** The changes so far, and what is to be called once they are written. */
  take(): { readonly puts: readonly Put[]; readonly written: () => void } {
    const taken = [...this.changes];
    return {
      puts: taken.map(([key, { doc, position }]) => put(this.spec, key, doc, position)),
      written: () => {
        for (const [key, change] of taken) {
          if (this.changes.get(key) === change) this.changes.delete(key);
          this.saw(key, change);
        }
      },
    };
  }
}

/** A position right behind another one, before that of any later event: for changes that no event has made. */
export const justAfter = (position: Position): Position => `${position}!`;

/** All items of a query, page by page. */
export async function* allOf<Doc extends object>(
  store: ReadStore,
  spec: CollectionSpec<Doc>,
  options: { readonly index: string; readonly equals?: readonly string[]; readonly most?: number },
): AsyncGenerator<QueryItem<Doc>> {
  let after: string | undefined;
  do {
    const page = await store.query(spec, { ...options, limit: 200, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
