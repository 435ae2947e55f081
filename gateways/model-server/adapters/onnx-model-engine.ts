import { join } from 'node:path';
import { z } from 'zod';
import type { ModelAnswer, ModelServer, ModelValue } from '../model-server';

/** The part of `onnxruntime-node` that is used. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(path: string): Promise<OnnxSession> };
  readonly Tensor: new (
    type: 'float32' | 'string',
    data: readonly number[] | readonly string[],
    dims: number[],
  ) => object;
}

interface OnnxSession {
  readonly inputNames: readonly string[];
  run(feeds: Readonly<Record<string, object>>): Promise<Readonly<Record<string, unknown>>>;
}

const tensorSchema = z.object({
  data: z.custom<ArrayLike<unknown>>((value) => typeof value === 'object' && value !== null),
});

/** The package is optional: it is 291 MB, and nothing here needs it unless a folder of ONNX models is named. */
const PACKAGE = 'onnxruntime-node';

const isRuntime = (value: unknown): value is OnnxRuntime =>
  typeof value === 'object' && value !== null && 'InferenceSession' in value && 'Tensor' in value;

/** The runtime, where the package is installed; undefined elsewhere. */
export const findOnnxRuntime = async (): Promise<OnnxRuntime | undefined> => {
  try {
    const found: unknown = await import(PACKAGE);
    return isRuntime(found) ? found : undefined;
  } catch {
    return undefined;
  }
};

const firstOf = (tensor: unknown): ModelValue => {
  const value = tensorSchema.safeParse(tensor).data?.data[0];
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
};

/**
 * Scores with ONNX models in this process: `<folder>/<document>.onnx`, one tensor of shape 1 × 1 per input (numbers and
 * flags as 32-bit floats, words as text; what is missing is NaN), the first value of each output.
 */
export const onnxModelEngine = (folder: string, { InferenceSession, Tensor }: OnnxRuntime): ModelServer => {
  const sessions = new Map<string, Promise<OnnxSession>>();
  const sessionOf = (document: string): Promise<OnnxSession> => {
    const known = sessions.get(document);
    if (known) return known;
    const opened = InferenceSession.create(join(folder, `${document}.onnx`));
    sessions.set(document, opened);
    return opened;
  };
  const tensorOf = (value: ModelValue | undefined): object => {
    if (typeof value === 'string') return new Tensor('string', [value], [1, 1]);
    return new Tensor('float32', [value === null || value === undefined ? Number.NaN : Number(value)], [1, 1]);
  };
  return {
    score: async ({ document }, inputs): Promise<ModelAnswer> => {
      try {
        const session = await sessionOf(document);
        const feeds = Object.fromEntries(session.inputNames.map((name) => [name, tensorOf(inputs[name])]));
        const results = await session.run(feeds);
        const outputs = Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, firstOf(tensor)]));
        return { outcome: 'answered', outputs };
      } catch {
        return { outcome: 'failed' };
      }
    },
  };
};
