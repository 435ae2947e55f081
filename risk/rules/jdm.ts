import { z } from 'zod';

/**
 * JSON Decision Model, the format of existing rule editors: tables, expressions and switches in a graph. What editors
 * keep beside that (positions, colours) is let through and plays no part. Of the node types only those are known that
 * depend on nothing but their input: no code, no calls.
 */
const idSchema = z.string().min(1).max(100);
const nameSchema = z.string().min(1).max(100);
const cellSchema = z.string().max(2_000);

const plain = { inputField: z.null().optional(), outputPath: z.null().optional() };

const tableContentSchema = z.looseObject({
  hitPolicy: z.enum(['first', 'collect']),
  inputs: z.array(z.looseObject({ id: idSchema, name: nameSchema, field: z.string().max(500).nullish() })).max(60),
  outputs: z.array(z.looseObject({ id: idSchema, name: nameSchema, field: z.string().min(1).max(100) })).max(30),
  /** By column id: a cell; absent or empty: anything. */
  rules: z.array(z.looseObject({ _id: idSchema }).catchall(cellSchema)).max(2_000),
  passThrough: z.boolean().optional(),
  executionMode: z.literal('single').optional(),
  ...plain,
});

const expressionContentSchema = z.looseObject({
  expressions: z
    .array(z.looseObject({ id: idSchema, key: z.string().regex(/^[A-Za-z]\w{0,60}$/), value: cellSchema }))
    .max(100),
  passThrough: z.boolean().optional(),
  executionMode: z.literal('single').optional(),
  ...plain,
});

const switchContentSchema = z.looseObject({
  hitPolicy: z.enum(['first', 'collect']).optional(),
  statements: z.array(z.looseObject({ id: idSchema, condition: cellSchema, isDefault: z.boolean().optional() })).min(1),
});

const nodeOf = <Type extends string, Content extends z.ZodType>(type: Type, content: Content) =>
  z.looseObject({ id: idSchema, name: nameSchema, type: z.literal(type), content });

const anything = z.unknown();

export const jdmNodeSchema = z.discriminatedUnion('type', [
  nodeOf('inputNode', anything),
  nodeOf('outputNode', anything),
  nodeOf('decisionTableNode', tableContentSchema),
  nodeOf('expressionNode', expressionContentSchema),
  nodeOf('switchNode', switchContentSchema),
]);

export const jdmSchema = z.looseObject({
  nodes: z.array(jdmNodeSchema).min(2).max(100),
  edges: z
    .array(z.looseObject({ id: idSchema, sourceId: idSchema, targetId: idSchema, sourceHandle: z.string().nullish() }))
    .max(300),
});

export type Jdm = Readonly<z.infer<typeof jdmSchema>>;
export type JdmNode = Readonly<z.infer<typeof jdmNodeSchema>>;
export type JdmTable = Extract<JdmNode, { readonly type: 'decisionTableNode' }>;
export type JdmExpressions = Extract<JdmNode, { readonly type: 'expressionNode' }>;
export type JdmSwitch = Extract<JdmNode, { readonly type: 'switchNode' }>;
