import { performance } from 'node:perf_hooks';
import { Client, type Dispatcher, Pool } from 'undici';
import { type Done, windowed } from './support';

/** One request as it goes over the wire. */
export interface Shot {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Each connection comes from an address and a network of its own, as callers do: what is counted by address would else
 * count all of them together. Where loopback has one address only, they all come from that.
 */
const from = (connection: number): { readonly localAddress?: string } =>
  process.platform === 'linux' ? { localAddress: `127.${1 + (connection >> 8)}.${connection & 255}.1` } : {};

/** Sends requests to one server over kept-alive connections; whatever is not answered as it should be is an error. */
export class Gun {
  readonly #pool: Pool;

  /** @param connections at most so many requests at the same time */
  constructor(
    url: string,
    connections: number,
    private readonly expected: number,
  ) {
    let opened = 0;
    this.#pool = new Pool(url, {
      connections,
      pipelining: 1,
      headersTimeout: 60_000,
      bodyTimeout: 60_000,
      factory: (origin, options) => {
        opened += 1;
        return new Client(origin, { ...options, connect: { ...from(opened) } });
      },
    });
  }

  /** Resolves when the answer is there, all of it. */
  send({ path, headers, body }: Shot): Promise<void> {
    const { expected } = this;
    return new Promise((resolve, reject) => {
      let status = 0;
      let text = '';
      const handler: Dispatcher.DispatchHandler = {
        onRequestStart: () => undefined,
        onResponseStart: (_, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_, chunk) => {
          if (status !== expected) text += chunk.toString();
        },
        onResponseEnd: () => (status === expected ? resolve() : reject(new Error(`${path}: ${status} ${text}`))),
        onResponseError: (_, error) => reject(error),
      };
      this.#pool.dispatch({ method: 'POST', path, headers, body }, handler);
    });
  }

  /** As fast as they are answered, always so many in flight. */
  volley(shots: (index: number) => Shot, count: number, inFlight: number): Promise<Done> {
    return windowed(count, inFlight, (index) => this.send(shots(index)));
  }

  /**
   * So many a second, whether or not earlier ones have been answered. A request's time counts from when it was due: a
   * server that stalls cannot hide it by holding up those who would have found out.
   */
  async barrage(shots: (index: number) => Shot, count: number, perSecond: number): Promise<Done> {
    const latencies = new Float64Array(count);
    const answers: Promise<void>[] = [];
    const begun = performance.now();
    const fire = async (index: number): Promise<void> => {
      await this.send(shots(index));
      latencies[index] = performance.now() - begun - (index * 1_000) / perSecond;
    };
    while (answers.length < count) {
      const due = Math.min(count, Math.floor(((performance.now() - begun) / 1_000) * perSecond) + 1);
      while (answers.length < due) answers.push(fire(answers.length));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(answers);
    return { operations: count, latencies };
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

/** CPU time that a server has used so far, in microseconds, by its own figures. */
export const cpuMicrosOf = async (url: string): Promise<number> => {
  const exposition = await (await fetch(`${url}/metrics`)).text();
  const [, seconds] = /^process_cpu_seconds_total (\S+)$/m.exec(exposition) ?? [];
  if (seconds === undefined) throw new Error(`${url} does not say what CPU time it has used`);
  return Number(seconds) * 1e6;
};
