import type { ModelServer } from '../gateways/model-server';
import { httpModelServer } from '../gateways/model-server/adapters/http-model-server';
import { findOnnxRuntime, onnxModelEngine } from '../gateways/model-server/adapters/onnx-model-engine';
import type { Config } from '../platform/config';
import type { Timers } from '../platform/runtime';

/** What scores in the place of the house's own models, where a policy asks for it and something is configured. */
export interface OtherModels {
  readonly engine: ModelServer | undefined;
  close(): Promise<void>;
}

const NONE: OtherModels = { engine: undefined, close: async () => undefined };

/** ONNX models of a folder; where the package is not installed every score fails, and the house's own stands in. */
const onnxEngine = (folder: string): ModelServer => {
  const found = findOnnxRuntime().then((runtime) => runtime && onnxModelEngine(folder, runtime));
  return { score: async (model, inputs) => (await found)?.score(model, inputs) ?? { outcome: 'failed' } };
};

export const otherModels = (config: Config, timers: Timers): OtherModels => {
  const { USANCE_MODEL_SERVER: url, USANCE_ONNX_MODELS: folder } = config;
  if (url !== undefined) {
    const server = httpModelServer({ url, timers });
    return { engine: server, close: server.close };
  }
  return folder === undefined ? NONE : { ...NONE, engine: onnxEngine(folder) };
};
