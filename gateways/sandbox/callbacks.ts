import { Agent, request } from 'undici';
import type { Clock } from '../../platform/runtime';
import type { Callback } from '../channel';
import { type SigningKey, signCallback } from '../http';
import type { PartnerSettings } from './behaviour';
import { digestOf } from './chance';

const DEADLINE_MS = 5_000;

/**
 * Posts signed callbacks. They are sent once (or as often as the settings say) and not repeated when nobody listens.
 */
export class Callbacks {
  readonly #key: SigningKey;
  readonly #clock: Clock;
  readonly #agent = new Agent({ connections: 8 });
  readonly #underWay = new Set<Promise<void>>();

  constructor(key: SigningKey, clock: Clock) {
    this.#key = key;
    this.#clock = clock;
  }

  /** Sends messages about one movement after one another, in the order or disorder that is set. */
  send(settings: PartnerSettings, messages: readonly Callback[]): void {
    const { callbacks } = settings;
    if (callbacks === undefined) return;
    const ordered = callbacks.outOfOrder ? [...messages].reverse() : messages;
    const all = this.#deliverAll(callbacks.url, callbacks.copies, ordered).finally(() => this.#underWay.delete(all));
    this.#underWay.add(all);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
    await Promise.all(this.#underWay);
  }

  async #deliverAll(url: string, copies: number, messages: readonly Callback[]): Promise<void> {
    for (const message of messages) {
      await Promise.all(Array.from({ length: copies }, () => this.#deliver(url, message)));
    }
  }

  async #deliver(url: string, message: Callback): Promise<void> {
    const body = Buffer.from(JSON.stringify(message));
    const callbackId = `cb-${digestOf(message.effectId, message.outcome).slice(0, 24)}`;
    const created = Math.floor(this.#clock.now() / 1000);
    try {
      const { body: answer } = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signCallback(this.#key, callbackId, created, body) },
        body,
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      await answer.dump();
    } catch {
      // Nobody listens, or not in time: as with any partner, a query still tells.
    }
  }
}
