import { type DecisionReason, decisionReasonSchema } from '../../domain/application';
import type { CompiledPolicy } from '../policy';
import { type FiredRule, kindOf, type RulesResult, type RuleValue } from '../rules';

type Context = Readonly<Record<string, RuleValue>>;

/** What one stage says, and what it fired; undefined: it said nothing that can be used. */
export interface Stage<Said> {
  readonly said: Said | undefined;
  readonly fired: readonly FiredRule[];
  readonly failure?: string;
}

const stageOf = <Said>({ fired, failure }: RulesResult, said: Said | undefined): Stage<Said> => ({
  said,
  fired,
  ...(failure === undefined ? {} : { failure }),
});

/** The one output of rules that must have one. */
const single = ({ outputs }: RulesResult): Readonly<Record<string, unknown>> | undefined =>
  outputs.length === 1 ? outputs[0] : undefined;

const textIn = (output: Readonly<Record<string, unknown>> | undefined, field: string): string | undefined => {
  const value = output?.[field];
  return kindOf(value) === 'text' ? String(value) : undefined;
};

const wholeIn = (output: Readonly<Record<string, unknown>>, field: string): number | undefined => {
  const value = output[field];
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
};

const reasonIn = (output: Readonly<Record<string, unknown>>): DecisionReason | undefined => {
  const reason = decisionReasonSchema.safeParse(output['reason']);
  return reason.success ? reason.data : undefined;
};

/** Which segment the borrower belongs to, and which strategy decides. */
export const segmentation = async (
  policy: CompiledPolicy,
  context: Context,
): Promise<Stage<{ readonly segment: string; readonly strategy: string }>> => {
  const { segments, strategies, segmentation: name } = policy.document;
  const result = await policy.rules(name).evaluate(context);
  const [segment, strategy] = [textIn(single(result), 'segment'), textIn(single(result), 'strategy')];
  const isKnown = segment !== undefined && segments.includes(segment);
  return stageOf(
    result,
    isKnown && strategy !== undefined && strategies[strategy] !== undefined ? { segment, strategy } : undefined,
  );
};

export interface Admitted {
  readonly rejections: readonly DecisionReason[];
  readonly doubts: readonly DecisionReason[];
}

const VERDICTS: ReadonlySet<unknown> = new Set(['pass', 'reject', 'refer']);

/** Who is let in: any "no" is final, any doubt goes to a person. */
export const admission = async (policy: CompiledPolicy, context: Context): Promise<Stage<Admitted>> => {
  const result = await policy.rules(policy.document.admission).evaluate(context);
  const { outputs } = result;
  if (outputs.length === 0 || !outputs.every(({ verdict }) => VERDICTS.has(verdict)))
    return stageOf<Admitted>(result, undefined);
  const reasonsOf = (wanted: string): readonly DecisionReason[] => [
    ...new Set(
      outputs.filter(({ verdict }) => verdict === wanted).map((each) => reasonIn(each) ?? 'RULES_INCONCLUSIVE'),
    ),
  ];
  return stageOf(result, { rejections: reasonsOf('reject'), doubts: reasonsOf('refer') });
};

export interface Verdict {
  readonly outcome: 'approve' | 'reject' | 'refer';
  readonly reason?: DecisionReason;
  /** Basis points of the amount asked for. */
  readonly grant: number;
  /** Months at most; undefined: as asked for. */
  readonly termMost?: number;
  readonly price: string;
}

/** What the arm's own rules make of features and score. */
export const strategyRules = async (
  policy: CompiledPolicy,
  rules: string,
  context: Context,
): Promise<Stage<Verdict>> => {
  const result = await policy.rules(rules).evaluate(context);
  return stageOf(result, verdictIn(single(result), policy));
};

const verdictIn = (
  output: Readonly<Record<string, unknown>> | undefined,
  { document }: CompiledPolicy,
): Verdict | undefined => {
  const outcome = textIn(output, 'outcome');
  if (output === undefined) return undefined;
  const reason = reasonIn(output);
  const common = reason === undefined ? {} : { reason };
  const price = textIn(output, 'price') ?? '';
  const grant = wholeIn(output, 'grant') ?? 0;
  switch (outcome) {
    case 'reject':
    case 'refer':
      return { outcome, ...common, grant, price };
    case 'approve': {
      if (document.prices[price] === undefined || grant < 1 || grant > 10_000) return undefined;
      const termMost = wholeIn(output, 'termMost');
      return { outcome, ...common, grant, price, ...(termMost === undefined ? {} : { termMost }) };
    }
    default:
      return undefined;
  }
};
