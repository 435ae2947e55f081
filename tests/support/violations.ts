import { z } from 'zod';

/**
 * One-violation inputs out of a schema: what fits but for one thing. Which of them the schema really refuses, the
 * schema says; here they are only thought of.
 */
export interface Violation {
  /** "body.amount.amount: a negative amount". */
  readonly what: string;
  /** The body as text, because not every one of them is JSON that an object can hold. */
  readonly text: string;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** As much of JSON Schema as is made of our zod schemas. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly $ref?: string;
  readonly maxLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
}

type Path = readonly (string | number)[];

/** Marks the place in a body where raw JSON text goes. */
const HOLE = '@@hole@@';

const NASTY_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '💸💸💸',
  '‮gnirts a',
  '\ud800',
  "'; DROP TABLE events; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '${jndi:ldap://x}',
  '__proto__',
  'constructor',
  'x'.repeat(10_000),
] as const;

const AMOUNTS = [
  '-1.00',
  '-0.00',
  '+1.00',
  '0',
  '1',
  '1.0',
  '1.000',
  '1e3',
  '1e309',
  '0x10',
  'NaN',
  'Infinity',
  '1,000.00',
  ' 1.00',
  '１.００',
  '00.10',
  '9'.repeat(40),
  `${'9'.repeat(27)}.99`,
] as const;

const NUMBERS = ['0', '-1', '1.5', '1e308', '1e999', '9007199254740993', '121', '"12"'] as const;

const DATES = ['2026-02-30', '2026-13-01', '20260302', '0000-00-00', '2026-3-2'] as const;

/** Values of every other kind than the one that is wanted. */
const othersThan = (type: string | undefined): readonly string[] => {
  const all: Readonly<Record<string, string>> = {
    null: 'null',
    boolean: 'true',
    number: '17',
    string: '"text"',
    array: '[]',
    object: '{}',
  };
  const same = type === 'integer' ? 'number' : type;
  return Object.entries(all)
    .filter(([name]) => name !== same)
    .map(([, text]) => text);
};

const isObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const put = (value: Json, path: Path, change: (value: Json) => Json): Json => {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, at) => (at === step ? put(each, rest, change) : each));
  if (isObject(value)) return { ...value, [step]: put(value[step] ?? null, rest, change) };
  return value;
};

const without = (value: Json, name: string): Json => {
  if (!isObject(value)) return value;
  const { [name]: _, ...rest } = value;
  return rest;
};

/** The body with a raw text at a place. */
const withRaw = (body: Json, path: Path, raw: string): string =>
  JSON.stringify(put(body, path, () => HOLE)).replace(`"${HOLE}"`, () => raw);

/** The branch of a union that a value belongs to: the one that names all its members. */
const branchOf = (shape: Shape, value: Json, defs: Readonly<Record<string, Shape>>): Shape => {
  if (shape.$ref) return branchOf(defs[shape.$ref.replace('#/$defs/', '')] ?? {}, value, defs);
  const branches = shape.oneOf ?? shape.anyOf;
  if (!branches) return shape;
  const fits = (branch: Shape): boolean =>
    !isObject(value) ||
    Object.entries(branchOf(branch, value, defs).properties ?? {}).every(
      ([name, { const: wanted }]) => wanted === undefined || wanted === value[name],
    );
  const branch = branches.find(fits);
  return branch ? branchOf(branch, value, defs) : shape;
};

const rawsFor = (shape: Shape): readonly string[] => {
  const texts: readonly string[] = shape.type === 'string' || shape.enum ? [...NASTY_TEXTS, ...AMOUNTS, ...DATES] : [];
  const long = shape.maxLength === undefined ? [] : ['x'.repeat(shape.maxLength + 1)];
  const numbers = shape.type === 'integer' || shape.type === 'number' ? NUMBERS : [];
  return [...othersThan(shape.type), ...[...texts, ...long].map((text) => JSON.stringify(text)), ...numbers];
};

const POISON = ['"__proto__":{"admin":true}', '"constructor":{"prototype":{"admin":true}}'] as const;

function* violationsAt(
  shape: Shape,
  body: Json,
  path: Path,
  defs: Readonly<Record<string, Shape>>,
): Generator<Violation> {
  const value = path.reduce<Json | undefined>(
    (at, step) => (at !== null && typeof at === 'object' ? Reflect.get(at, step) : undefined),
    body,
  );
  const here = branchOf(shape, value ?? null, defs);
  const place = ['body', ...path].join('.');
  for (const raw of rawsFor(here)) {
    yield {
      what: `${place}: ${raw.length > 40 ? `${raw.slice(0, 40)}… (${raw.length})` : raw}`,
      text: withRaw(body, path, raw),
    };
  }
  if (isObject(value)) yield* ofObject(here, body, path, defs);
  if (Array.isArray(value)) {
    const many = JSON.stringify(Array.from({ length: 1_000 }, () => value[0] ?? '11'));
    yield { what: `${place}: a thousand items`, text: withRaw(body, path, many) };
  }
}

function* ofObject(shape: Shape, body: Json, path: Path, defs: Readonly<Record<string, Shape>>): Generator<Violation> {
  const place = ['body', ...path].join('.');
  for (const name of shape.required ?? []) {
    yield { what: `${place}: without ${name}`, text: JSON.stringify(put(body, path, (value) => without(value, name))) };
  }
  const more = put(body, path, (value) => (isObject(value) ? { ...value, surprise: 1 } : value));
  yield { what: `${place}: an unknown field`, text: JSON.stringify(more) };
  for (const poison of POISON) {
    const holed = put(body, path, (value) => (isObject(value) ? { [HOLE]: 0, ...value } : value));
    yield { what: `${place}: ${poison}`, text: JSON.stringify(holed).replace(`"${HOLE}":0`, () => poison) };
  }
  for (const [name, property] of Object.entries(shape.properties ?? {})) {
    yield* violationsAt(property, body, [...path, name], defs);
  }
}

/** Everything that is thought of against a schema, starting from a body that fits it. */
export const violationsOf = (schema: z.ZodType, body: object): readonly Violation[] => {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape & {
    readonly $defs?: Readonly<Record<string, Shape>>;
  };
  // A body of a request is plain JSON.
  return [...violationsAt(shape, body as Json, [], shape.$defs ?? {})];
};

/** Bodies that are no JSON at all, or not such as is read. */
export const MALFORMED = ['{', '{"a":', "{'a':1}", '{"a":1}}', 'undefined', '\u0000', '[1,]', '"', '{"a":01}', 'nul'];
