/** The parts of a rule expression that can be told without evaluating it. */
export interface ExpressionParts {
  /** Names of fields that it reads, `$` (the value of its own column) aside. */
  readonly fields: readonly string[];
  readonly functions: readonly string[];
  readonly literals: readonly (string | number | boolean)[];
}

const TOKEN =
  /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|(\d+(?:\.\d+)?)|([$#A-Za-z_][\w$]*(?:\s*\.\s*[A-Za-z_]\w*)*)/g;

/** Names that are no fields. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'null', 'true', 'false', '$']);

const literalIn = ([, text, digits, name]: RegExpExecArray): string | number | boolean | undefined => {
  if (text !== undefined) return text.slice(1, -1);
  if (digits !== undefined) return Number(digits);
  return name === 'true' || name === 'false' ? name === 'true' : undefined;
};

/** Takes an expression apart by its tokens. Whether it is well-formed, the engine says. */
export const partsOf = (expression: string): ExpressionParts => {
  const matches = [...expression.matchAll(TOKEN)];
  const names = matches.flatMap(({ 0: token, 3: name, index }) => {
    if (name === undefined || WORDS.has(name)) return [];
    const called = /^\s*\(/.test(expression.slice(index + token.length));
    return [{ name: name.replace(/\s/g, ''), called }];
  });
  return {
    fields: [...new Set(names.filter(({ called }) => !called).map(({ name }) => name))],
    functions: [...new Set(names.filter(({ called }) => called).map(({ name }) => name))],
    literals: matches.map(literalIn).filter((literal) => literal !== undefined),
  };
};
