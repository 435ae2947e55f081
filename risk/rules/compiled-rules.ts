import { type ZenDecision, ZenEngine } from '@gorules/zen-engine';
import type { Jdm } from './jdm';
import type { RuleValue } from './vocabulary';

/** A rule that fired: its node, its position from 1 and what it is called in the editor. */
export interface FiredRule {
  readonly node: string;
  readonly rule: string;
}

/** What rules conclude. Without outputs: no rule fired, or the engine failed; the caller must not take it for a yes. */
export interface RulesResult {
  readonly outputs: readonly Readonly<Record<string, unknown>>[];
  readonly fired: readonly FiredRule[];
  readonly failure?: string;
}

export interface CompiledRules {
  readonly evaluate: (context: Readonly<Record<string, RuleValue>>) => Promise<RulesResult>;
}

const engine = new ZenEngine();

interface Hit {
  readonly index?: number;
  readonly rule?: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = ({ index, rule }: Hit): string => {
  const described = rule?.['_description'];
  const position = String((index ?? 0) + 1);
  return typeof described === 'string' && described !== '' ? `${position} ${described}` : position;
};

/** Tables tell which of their rules fired: of the first that hits one, of those that collect a list. */
const firedIn = (trace: Awaited<ReturnType<ZenDecision['evaluate']>>['trace']): readonly FiredRule[] =>
  Object.values(trace ?? {})
    .sort((a, b) => a.order - b.order)
    .flatMap(({ name, traceData }) => {
      const hits: readonly unknown[] = Array.isArray(traceData) ? traceData : [traceData];
      return hits
        .filter((hit): hit is Hit => isRecord(hit) && 'rule' in hit)
        .map((hit) => ({ node: name, rule: nameOf(hit) }));
    });

const outputsOf = (result: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(result) ? result : [result]).filter(
    (each): each is Readonly<Record<string, unknown>> => isRecord(each) && Object.keys(each).length > 0,
  );

/**
 * To the engine a rule that lacks a column's cell never fires; to an editor, and whoever reads it, it takes anything.
 */
const filled = (jdm: Jdm): Jdm => ({
  ...jdm,
  nodes: jdm.nodes.map((node) => {
    if (node.type !== 'decisionTableNode') return node;
    const { inputs, outputs, rules } = node.content;
    const empty = Object.fromEntries([...inputs, ...outputs].map(({ id }) => [id, '']));
    return { ...node, content: { ...node.content, rules: rules.map((rule) => ({ ...empty, ...rule })) } };
  }),
});

/**
 * Names that can stand for a field of the context. A rule reads a field by its name only, so a field that is named
 * nowhere can be left out: what the engine takes in and traces is most of what an evaluation costs.
 */
const namesIn = (jdm: Jdm): ReadonlySet<string> => new Set(JSON.stringify(jdm).match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));

/**
 * Makes rules ready to evaluate, once; the object is pinned to this very content. The same context gives the same
 * outputs and the same fired rules; how long nodes took is left out, because it differs from run to run.
 */
export const compileRules = (jdm: Jdm): CompiledRules => {
  const decision = engine.createDecision(filled(jdm));
  const named = namesIn(jdm);
  return {
    evaluate: async (context) => {
      try {
        const read = Object.fromEntries(Object.entries(context).filter(([name]) => named.has(name)));
        const { result, trace } = await decision.evaluate(read, { trace: true });
        return { outputs: outputsOf(result), fired: firedIn(trace) };
      } catch (error) {
        return { outputs: [], fired: [], failure: String(error).split('\n')[0] ?? 'failed' };
      }
    },
  };
};
