import { parse } from 'yaml';
import { z } from 'zod';

const alertsSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        rules: z
          .array(
            z.union([
              z.strictObject({ record: z.string().regex(/^[a-z_]+:[a-z_]+:[a-z0-9_]+$/), expr: z.string().min(1) }),
              z.strictObject({
                alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
                expr: z.string().min(1),
                for: z.string().regex(/^\d+[smh]$/),
                labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
                annotations: z.strictObject({ summary: z.string().min(1), action: z.string().min(1) }),
              }),
            ]),
          )
          .min(1),
      }),
    )
    .min(1),
});

const dashboardSchema = z.looseObject({
  uid: z.string().min(1),
  title: z.string().min(1),
  panels: z
    .array(
      z.looseObject({
        id: z.int().positive(),
        type: z.enum(['timeseries', 'stat', 'table']),
        title: z.string().min(1),
        gridPos: z
          .strictObject({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) })
          .refine(({ x, w }) => x + w <= 24, 'a row has 24 columns'),
        targets: z.array(z.looseObject({ expr: z.string().min(1), refId: z.string().regex(/^[A-Z]$/) })).min(1),
      }),
    )
    .min(1),
});

const issuesOf = (error: z.ZodError): readonly string[] =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

/** Alert and recording rules: well formed, and about figures that the house has. */
export const alertFaults = (text: string, figures: ReadonlySet<string>): readonly string[] => {
  const parsed = alertsSchema.safeParse(parse(text));
  if (!parsed.success) return issuesOf(parsed.error);
  const rules = parsed.data.groups.flatMap((group) => group.rules);
  const recorded = rules.flatMap((rule) => ('record' in rule ? [rule.record] : []));
  const known = new Set([...figures, ...recorded]);
  return rules.flatMap((rule) =>
    expressionFaults(rule.expr, known).map((fault) => `${'alert' in rule ? rule.alert : rule.record}: ${fault}`),
  );
};

/** The names that recording rules give to what they compute. */
export const recordedNames = (text: string): readonly string[] =>
  [...text.matchAll(/record: (\S+)/g)].map(([, name = '']) => name);

/** A dashboard: well formed, each panel at a place of its own, about figures that there are. */
export const dashboardFaults = (text: string, figures: ReadonlySet<string>): readonly string[] => {
  const parsed = dashboardSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return issuesOf(parsed.error);
  const { panels } = parsed.data;
  const ids = panels.map(({ id }) => id);
  const overlapping = panels.filter(({ gridPos: a, id }) =>
    panels.some(
      ({ gridPos: b, id: other }) =>
        other < id && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h,
    ),
  );
  return [
    ...(new Set(ids).size === ids.length ? [] : ['two panels have the same id']),
    ...overlapping.map(({ title }) => `${title} lies over another panel`),
    ...panels.flatMap(({ title, targets }) =>
      targets.flatMap(({ expr }) => expressionFaults(expr, figures).map((fault) => `${title}: ${fault}`)),
    ),
  ];
};

/** Brackets that match, and only figures that there are. */
const expressionFaults = (expression: string, figures: ReadonlySet<string>): readonly string[] => {
  const named = expression.match(/\b(?:usance|nodejs|process)[_:][a-z0-9_:]+/g) ?? [];
  return [
    ...(isBalanced(expression) ? [] : ['the brackets do not match']),
    ...named.filter((name) => !figures.has(name)).map((name) => `there is no figure ${name}`),
  ];
};

const CLOSES: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

const isBalanced = (expression: string): boolean => {
  const open: string[] = [];
  for (const char of expression.replace(/"(?:\\.|[^"\\])*"/g, '')) {
    if ('([{'.includes(char)) open.push(char);
    else if (char in CLOSES && open.pop() !== CLOSES[char]) return false;
  }
  return open.length === 0;
};

/** The names that a process exposes, with those that histograms derive. */
export const figuresOf = (exposition: string): ReadonlySet<string> =>
  new Set(
    [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
