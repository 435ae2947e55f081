/** One server-sent event, or a comment such as a heartbeat. */
export interface Sent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: unknown;
  readonly comment: string | undefined;
}

const read = (block: string): Sent => {
  const lines = block.split('\n');
  const field = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const data = field('data');
  return {
    id: field('id'),
    event: field('event'),
    data: data === undefined ? undefined : JSON.parse(data),
    comment: lines
      .find((line) => line.startsWith(':'))
      ?.slice(1)
      .trim(),
  };
};

/** A client of server-sent events; what it has heard grows as it comes in. */
export class Listener {
  readonly heard: Sent[] = [];
  readonly #hangUp = new AbortController();
  #response: Response | undefined;
  /** Resolves when the server has ended the stream or the client has hung up. */
  ended: Promise<void> = Promise.resolve();

  /** Resolves when the answer has begun: the status and the headers are there. */
  static async to(url: string, headers: Readonly<Record<string, string>>): Promise<Listener> {
    const listener = new Listener();
    const { signal } = listener.#hangUp;
    listener.#response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, signal });
    listener.ended = listener.#listen(listener.#response);
    return listener;
  }

  get response(): Response {
    if (this.#response === undefined) throw new Error('nobody has answered yet');
    return this.#response;
  }

  /** The events by their ids, without comments. */
  get ids(): readonly (string | undefined)[] {
    return this.heard.filter(({ event }) => event !== undefined).map(({ id }) => id);
  }

  async hangUp(): Promise<void> {
    this.#hangUp.abort();
    await this.ended;
  }

  async #listen({ body }: Response): Promise<void> {
    if (body === null) return;
    const decoder = new TextDecoder();
    let pending = '';
    try {
      for await (const chunk of body) {
        pending += decoder.decode(chunk, { stream: true });
        const blocks = pending.split('\n\n');
        pending = blocks.pop() ?? '';
        this.heard.push(...blocks.map(read));
      }
    } catch (error) {
      if (!this.#hangUp.signal.aborted) throw error;
    }
  }
}
