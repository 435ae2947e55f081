import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemTimers } from '../../../platform/runtime';
import { httpModelServer } from './http-model-server';
import { findOnnxRuntime, type OnnxRuntime, onnxModelEngine } from './onnx-model-engine';

const MODEL = { document: 'cards-2026/trees', hash: 'a'.repeat(64) };

type Answering = (body: string, path: string) => { readonly status: number; readonly text: string } | 'never';

describe('a model server over HTTP', () => {
  let server: Server;
  let close: () => Promise<void>;

  const serving = async (answering: Answering, deadlineMs = 2_000) => {
    server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const answer = answering(Buffer.concat(pieces).toString(), request.url ?? '');
        if (answer !== 'never') response.writeHead(answer.status).end(answer.text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // An address of TCP has a port.
    const { port } = server.address() as AddressInfo;
    const client = httpModelServer({ url: `http://127.0.0.1:${port}`, timers: systemTimers, deadlineMs });
    close = client.close;
    return client;
  };
  afterEach(async () => {
    await close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is asked for this very model, and answers with its outputs', async () => {
    const asked: string[] = [];
    const client = await serving((body, path) => {
      asked.push(path, body);
      return { status: 200, text: '{"outputs":{"probability_bad":0.25,"reason":null}}' };
    });
    expect(await client.score(MODEL, { amount: 5000, purpose: 'other' })).toEqual({
      outcome: 'answered',
      outputs: { probability_bad: 0.25, reason: null },
    });
    expect(asked).toEqual([
      '/v1/models/cards-2026/trees/score',
      JSON.stringify({ hash: MODEL.hash, inputs: { amount: 5000, purpose: 'other' } }),
    ]);
  });

  it('that does not answer in time has timed out', async () => {
    const client = await serving(() => 'never', 20);
    expect(await client.score(MODEL, {})).toEqual({ outcome: 'timed-out' });
  });

  it.each([
    ['refuses', { status: 500, text: '{"outputs":{}}' }],
    ['answers with something else', { status: 200, text: '{"outputs":{"p":[1]}}' }],
    ['answers with no JSON', { status: 200, text: '<html>' }],
    ['answers with too much', { status: 200, text: `{"outputs":{"p":"${'x'.repeat(100_000)}"}}` }],
  ])('that %s has failed', async (_what, answer) => {
    const client = await serving(() => answer);
    expect(await client.score(MODEL, {})).toEqual({ outcome: 'failed' });
  });
});

describe('an ONNX engine', () => {
  class Tensor {
    constructor(
      readonly type: string,
      readonly data: readonly (number | string)[],
    ) {}
  }
  const fed: Readonly<Record<string, unknown>>[] = [];
  const opened: string[] = [];
  const runtime: OnnxRuntime = {
    Tensor,
    InferenceSession: {
      create: async (path) => {
        opened.push(path);
        if (path.includes('broken')) throw new Error('no model');
        return {
          inputNames: ['amount', 'purpose', 'share'],
          run: async (feeds) => {
            fed.push(feeds);
            return { probability_bad: { data: new Float32Array([0.5]) }, label: { data: [1n] } };
          },
        };
      },
    },
  };

  it('scores with a session per model, a tensor per input', async () => {
    const engine = onnxModelEngine('models', runtime);
    for (let time = 0; time < 2; time += 1) {
      expect(await engine.score(MODEL, { amount: 5000, purpose: 'other' })).toEqual({
        outcome: 'answered',
        outputs: { probability_bad: 0.5, label: 1 },
      });
    }
    expect(opened).toEqual(['models/cards-2026/trees.onnx']);
    expect(fed[0]).toEqual({
      amount: new Tensor('float32', [5000]),
      purpose: new Tensor('string', ['other']),
      share: new Tensor('float32', [Number.NaN]),
    });
  });

  it('without the model has failed, so that the house’s own scores', async () => {
    expect(await onnxModelEngine('models', runtime).score({ ...MODEL, document: 'broken/one' }, {})).toEqual({
      outcome: 'failed',
    });
  });

  it('is not there where its package is not installed, and nothing is the worse for it', async () => {
    expect(await findOnnxRuntime()).toBeUndefined();
  });
});
