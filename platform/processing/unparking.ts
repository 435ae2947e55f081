import type { EventLog, EventShape } from '../event-log';
import type { Cause, Parked } from './saga';
import type { Handled } from './saga-handling';
import type { SagaRecord } from './saga-record';
import type { Unparked } from './sagas';

export interface UnparkingParts<E extends EventShape> {
  readonly record: SagaRecord<E>;
  readonly log: Pick<EventLog<E>, 'readStream'>;
  readonly inTurn: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  readonly handle: (cause: Cause<E>, key: string) => Promise<Handled>;
  readonly onHandled: (cause: Cause<E>, attempts: number) => void;
}

/** What operators do about parked causes. It happens in the key's turn: what comes meanwhile waits behind. */
export class Unparking<E extends EventShape> {
  constructor(private readonly parts: UnparkingParts<E>) {}

  async retry(id: string): Promise<Unparked> {
    const parked = await this.open(id);
    return parked ? this.parts.inTurn(parked.key, () => this.drain(parked.key)) : { kind: 'unknown' };
  }

  async skip(id: string, by: string): Promise<Unparked> {
    const parked = await this.open(id);
    if (parked === undefined) return { kind: 'unknown' };
    const { record, inTurn } = this.parts;
    return inTurn(parked.key, async () => {
      await record.parking.update(id, { state: 'skipped', reason: `${parked.reason} (skipped by ${by})` });
      await record.write();
      const first = await record.parking.first(parked.key);
      return first?.state === 'parked' ? { kind: 'parked', parked: first } : this.drain(parked.key);
    });
  }

  private async open(id: string): Promise<Parked | undefined> {
    const parked = await this.parts.record.parking.get(id);
    return parked?.state === 'skipped' ? undefined : parked;
  }

  /** Handles what is parked of a key, in order, until one fails or nothing is left. */
  private async drain(key: string): Promise<Unparked> {
    const { record, onHandled } = this.parts;
    for (let count = 0; ; count += 1) {
      const written = await record.write();
      const first = await record.parking.first(key);
      if (first === undefined) {
        record.parking.release(key);
        return { kind: 'handled', count };
      }
      const cause = await this.causeOf(first);
      const handled: Handled = written ? await this.parts.handle(cause, key) : { kind: 'stopped' };
      if (handled.kind === 'stopped') return { kind: 'parked', parked: first };
      if (handled.kind === 'failed') return this.parkAgain(first, handled);
      await record.handled(cause, key, handled.deadlines);
      await record.parking.update(first.id, undefined);
      onHandled(cause, handled.attempts);
    }
  }

  private async parkAgain(parked: Parked, { reason, attempts }: Handled & { kind: 'failed' }): Promise<Unparked> {
    const change = { state: 'parked', reason, attempts: parked.attempts + attempts } as const;
    await this.parts.record.parking.update(parked.id, change);
    return { kind: 'parked', parked: { ...parked, ...change } };
  }

  private async causeOf({ cause }: Parked): Promise<Cause<E>> {
    if (cause.kind === 'deadline') return cause;
    const from = BigInt(cause.revision);
    for await (const page of this.parts.log.readStream(cause.stream, { from, limit: 1 })) {
      for (const event of page) return { kind: 'event', event };
    }
    throw new Error(`${cause.stream} has no event ${cause.revision}`);
  }
}
