import { Aggregator, Query } from 'mingo';
import { z } from 'zod';
import { Collection, sorted } from './collection';
import { CommandError } from './command-error';
import { Cursors } from './cursors';
import type { Fields } from './wire';

const fields = z.record(z.string(), z.unknown());
const number = z.coerce.number();
/** Cursor ids travel as 64-bit integers. */
const cursorId = z.unknown().transform(String);
const ordered = z.boolean().default(true);

const schemas = {
  insert: z.object({ insert: z.string(), documents: z.array(fields), ordered }),
  update: z.object({
    update: z.string(),
    updates: z.array(
      z.strictObject({ q: fields, u: fields, multi: z.boolean().default(false), upsert: z.boolean().default(false) }),
    ),
    ordered,
  }),
  delete: z.object({
    delete: z.string(),
    deletes: z.array(z.strictObject({ q: fields, limit: number })),
    ordered,
  }),
  find: z.object({
    find: z.string(),
    filter: fields.default({}),
    sort: fields.default({}),
    projection: fields.optional(),
    skip: number.default(0),
    limit: number.default(0),
    batchSize: number.optional(),
    singleBatch: z.boolean().optional(),
  }),
  getMore: z.object({ getMore: cursorId, batchSize: number.optional() }),
  killCursors: z.object({ cursors: z.array(cursorId) }),
  count: z.object({ count: z.string(), query: fields.default({}) }),
  aggregate: z.object({
    aggregate: z.string(),
    pipeline: z.array(fields),
    cursor: z.object({ batchSize: number.optional() }).default({}),
  }),
  create: z.object({ create: z.string() }),
  createIndexes: z.object({
    createIndexes: z.string(),
    indexes: z.array(z.looseObject({ name: z.string(), key: fields, unique: z.literal(false).optional() })),
  }),
  listIndexes: z.object({ listIndexes: z.string() }),
  listCollections: z.object({ filter: fields.default({}) }),
  drop: z.object({ drop: z.string() }),
  renameCollection: z.object({ renameCollection: z.string(), to: z.string(), dropTarget: z.boolean().default(false) }),
} as const;

const STAGES_REFUSED = ['$changeStream', '$out', '$merge'];

/** The databases of the server, and the commands on them. */
export class Commands {
  readonly #databases = new Map<string, Map<string, Collection>>();
  readonly #cursors = new Cursors();

  /** Carries a command out on a database. What it cannot do throws a CommandError. */
  run(database: string, name: string, body: Fields): Fields {
    switch (name) {
      case 'insert':
        return this.#insert(database, schemas.insert.parse(body));
      case 'update':
        return this.#update(database, schemas.update.parse(body));
      case 'delete':
        return this.#delete(database, schemas.delete.parse(body));
      case 'find':
        return this.#find(database, schemas.find.parse(body));
      case 'getMore': {
        const { getMore, batchSize } = schemas.getMore.parse(body);
        return this.#cursors.next(getMore, batchSize);
      }
      case 'killCursors': {
        for (const id of schemas.killCursors.parse(body).cursors) this.#cursors.kill(id);
        return { ok: 1 };
      }
      case 'count': {
        const { count, query } = schemas.count.parse(body);
        return { n: this.#documents(database, count, query).length, ok: 1 };
      }
      case 'aggregate':
        return this.#aggregate(database, schemas.aggregate.parse(body));
      case 'create':
        return this.#create(database, schemas.create.parse(body).create);
      case 'createIndexes':
        return this.#createIndexes(database, schemas.createIndexes.parse(body));
      case 'listIndexes':
        return this.#listIndexes(database, schemas.listIndexes.parse(body).listIndexes);
      case 'listCollections':
        return this.#listCollections(database, schemas.listCollections.parse(body).filter);
      case 'drop':
        return this.#drop(database, schemas.drop.parse(body).drop);
      case 'dropDatabase':
        this.#databases.delete(database);
        return { ok: 1 };
      case 'renameCollection':
        return this.#rename(schemas.renameCollection.parse(body));
      default:
        throw new CommandError('CommandNotFound', `no such command: '${name}'`);
    }
  }

  #insert(database: string, command: z.infer<typeof schemas.insert>): Fields {
    const collection = this.#made(database, command.insert);
    const outcome = eachWrite(command.documents, command.ordered, (document) => collection.insert(document));
    return { n: outcome.done.length, ...outcome.errors, ok: 1 };
  }

  #update(database: string, command: z.infer<typeof schemas.update>): Fields {
    const collection = this.#made(database, command.update);
    const { done, errors } = eachWrite(command.updates, command.ordered, ({ q, u, multi, upsert }) =>
      collection.update(q, u, multi, upsert),
    );
    const upserted = done.flatMap(({ index, result }) =>
      result.upserted === undefined ? [] : [{ index, _id: result.upserted }],
    );
    const matched = done.reduce((sum, { result }) => sum + result.matched, 0);
    const nModified = done.reduce((sum, { result }) => sum + result.modified, 0);
    return { n: matched + upserted.length, nModified, ...(upserted.length && { upserted }), ...errors, ok: 1 };
  }

  #delete(database: string, command: z.infer<typeof schemas.delete>): Fields {
    const collection = this.#existing(database, command.delete);
    const { done, errors } = eachWrite(
      command.deletes,
      command.ordered,
      ({ q, limit }) => collection?.delete(q, limit) ?? 0,
    );
    return { n: done.reduce((sum, { result }) => sum + result, 0), ...errors, ok: 1 };
  }

  #find(database: string, command: z.infer<typeof schemas.find>): Fields {
    const found = sorted(this.#documents(database, command.find, command.filter), command.sort);
    const limit = command.limit === 0 ? found.length : command.limit;
    const chosen = found.slice(command.skip, command.skip + limit);
    const shown =
      command.projection === undefined ? chosen : new Query({}).find<Fields>(chosen, command.projection).all();
    return this.#cursors.first(`${database}.${command.find}`, shown, command.batchSize, command.singleBatch);
  }

  #aggregate(database: string, { aggregate, pipeline, cursor }: z.infer<typeof schemas.aggregate>): Fields {
    const refused = pipeline.flatMap(Object.keys).find((stage) => STAGES_REFUSED.includes(stage));
    if (refused !== undefined) throw new CommandError('IllegalOperation', `${refused} is not offered here`);
    const results = new Aggregator(pipeline).run<Record<string, unknown>>(this.#documents(database, aggregate, {}));
    return this.#cursors.first(`${database}.${aggregate}`, results, cursor.batchSize);
  }

  #create(database: string, name: string): Fields {
    if (this.#existing(database, name) !== undefined) {
      throw new CommandError('NamespaceExists', `Collection ${database}.${name} already exists.`);
    }
    this.#made(database, name);
    return { ok: 1 };
  }

  #createIndexes(database: string, command: z.infer<typeof schemas.createIndexes>): Fields {
    const { indexes } = this.#made(database, command.createIndexes);
    const numIndexesBefore = indexes.length;
    for (const index of command.indexes) {
      const same = indexes.find(({ name }) => name === index.name);
      if (same === undefined) indexes.push({ v: 2, ...index });
      else if (JSON.stringify(same.key) !== JSON.stringify(index.key)) {
        throw new CommandError('IndexKeySpecsConflict', `an index ${index.name} of other fields exists`);
      }
    }
    return { numIndexesBefore, numIndexesAfter: indexes.length, ok: 1 };
  }

  #listIndexes(database: string, name: string): Fields {
    const collection = this.#existing(database, name);
    if (collection === undefined) throw new CommandError('NamespaceNotFound', `ns does not exist: ${database}.${name}`);
    return this.#cursors.first(`${database}.${name}`, collection.indexes);
  }

  #listCollections(database: string, filter: Fields): Fields {
    const names = [...(this.#databases.get(database)?.keys() ?? [])];
    const query = new Query(filter);
    const collections = names
      .map((name) => ({ name, type: 'collection', options: {}, info: { readOnly: false } }))
      .filter((collection) => query.test(collection));
    return this.#cursors.first(`${database}.$cmd.listCollections`, collections);
  }

  #drop(database: string, name: string): Fields {
    if (this.#databases.get(database)?.delete(name)) return { ns: `${database}.${name}`, ok: 1 };
    throw new CommandError('NamespaceNotFound', 'ns not found');
  }

  #rename(command: z.infer<typeof schemas.renameCollection>): Fields {
    const from = namespaceParts(command.renameCollection);
    const to = namespaceParts(command.to);
    const collection = this.#existing(from.database, from.name);
    if (collection === undefined) throw new CommandError('NamespaceNotFound', 'source namespace does not exist');
    if (this.#existing(to.database, to.name) !== undefined && !command.dropTarget) {
      throw new CommandError('NamespaceExists', 'target namespace exists');
    }
    this.#databases.get(from.database)?.delete(from.name);
    this.#collections(to.database).set(to.name, collection);
    return { ok: 1 };
  }

  #documents(database: string, name: string, filter: Fields): Fields[] {
    return this.#existing(database, name)?.find(filter) ?? [];
  }

  #existing(database: string, name: string): Collection | undefined {
    return this.#databases.get(database)?.get(name);
  }

  /** A collection comes into being when something is first put into it. */
  #made(database: string, name: string): Collection {
    const collection = this.#existing(database, name) ?? new Collection();
    this.#collections(database).set(name, collection);
    return collection;
  }

  #collections(database: string): Map<string, Collection> {
    const collections = this.#databases.get(database) ?? new Map<string, Collection>();
    this.#databases.set(database, collections);
    return collections;
  }
}

const namespaceParts = (namespace: string): { readonly database: string; readonly name: string } => {
  const dot = namespace.indexOf('.');
  return { database: namespace.slice(0, dot), name: namespace.slice(dot + 1) };
};

interface Writes<Result> {
  readonly done: readonly { readonly index: number; readonly result: Result }[];
  readonly errors: { readonly writeErrors?: readonly Fields[] };
}

/**
 * Carries out the writes of one command. One that fails is named in the answer; in an ordered command it is the last.
 */
const eachWrite = <Write, Result>(
  writes: readonly Write[],
  inOrder: boolean,
  carryOut: (write: Write) => Result,
): Writes<Result> => {
  const done: { index: number; result: Result }[] = [];
  const writeErrors: Fields[] = [];
  for (const [index, write] of writes.entries()) {
    try {
      done.push({ index, result: carryOut(write) });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message });
      if (inOrder) break;
    }
  }
  return { done, errors: writeErrors.length === 0 ? {} : { writeErrors } };
};
