import { addDays, type BusinessDate } from '../../domain/kernel';
import type { Clock } from '../../platform/runtime';
import type { KeySet } from '../http';
import type { PartnerSettingsInput } from './behaviour';
import { bureauServer } from './bureau-server';
import { type ChannelRecords, channelServer } from './channel-server';
import { custodyServer } from './custody-server';
import { esignServer } from './esign-server';
import { type Journal, openJournal } from './journal';
import { PARTNERS, type SandboxPartner, sandboxKeySet } from './keys';
import { MovementBook } from './movement-book';
import type { PartnerServer } from './partner-server';
import { People, type SandboxPerson } from './people';

export interface SandboxOptions {
  /** Everything that happens by chance, and every key, follows from it. */
  readonly seed: string;
  readonly clock: Clock;
  /** Where the partners keep what they have done. Without it they forget when they stop. */
  readonly folder?: string;
  /** Default: any free port. */
  readonly ports?: Partial<Record<SandboxPartner, number>>;
  /** Default: loopback. */
  readonly host?: string;
  /** How the partners behave from the start. Default: well. */
  readonly settings?: Partial<Record<SandboxPartner, PartnerSettingsInput>>;
  /** On whose statement a wrong line is corrected. Default: the next calendar day. */
  readonly nextBusinessDate?: (date: BusinessDate) => BusinessDate;
}

export interface Sandbox {
  readonly urls: Readonly<Record<SandboxPartner, string>>;
  readonly publicKeys: Readonly<Record<SandboxPartner, KeySet>>;
  /** As `PUT /sandbox/behaviour` on that partner: replaces its settings. */
  behave(partner: SandboxPartner, settings: PartnerSettingsInput): void;
  /** As `PUT /sandbox/people` on the bureau. */
  putPeople(people: readonly SandboxPerson[]): void;
  /** As `GET /sandbox/records` on the channel: every movement that was executed. */
  records(): ChannelRecords;
  /** Breaks off all connections, waits for callbacks under way, and closes the journals. */
  close(): Promise<void>;
}

const byPartner = <T>(make: (partner: SandboxPartner) => T): Record<SandboxPartner, T> => ({
  bureau: make('bureau'),
  channel: make('channel'),
  custody: make('custody'),
  esign: make('esign'),
});

const listen = async (server: PartnerServer, port: number, host: string): Promise<string> => {
  const url = new URL(await server.app.listen({ port, host }));
  return url.origin;
};

/** Starts the outside world: bureau, payment channel, custody bank and e-sign authority, each an HTTP server. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { seed, clock, folder } = options;
  const journals: Record<'people' | 'movements' | 'signatures', Journal> = {
    people: openJournal(folder, 'people'),
    movements: openJournal(folder, 'movements'),
    signatures: openJournal(folder, 'signatures'),
  };
  const people = new People(seed, journals.people);
  const book = new MovementBook({
    seed,
    journal: journals.movements,
    nextBusinessDate: options.nextBusinessDate ?? ((date) => addDays(date, 1)),
  });
  const channel = channelServer({ seed, clock, book });
  const servers: Record<SandboxPartner, PartnerServer> = {
    bureau: bureauServer({ seed, clock, people }),
    channel: channel.server,
    custody: custodyServer({ seed, clock, book }),
    esign: esignServer({ seed, clock, journal: journals.signatures }),
  };
  for (const partner of PARTNERS) servers[partner].behave(options.settings?.[partner] ?? {});

  const close = async (): Promise<void> => {
    await Promise.all(PARTNERS.map((partner) => servers[partner].app.close()));
    await channel.close();
    for (const journal of Object.values(journals)) journal.close();
  };

  const host = options.host ?? '127.0.0.1';
  const urls = byPartner(() => '');
  try {
    for (const partner of PARTNERS) urls[partner] = await listen(servers[partner], options.ports?.[partner] ?? 0, host);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    urls,
    publicKeys: byPartner((partner) => sandboxKeySet(seed, partner)),
    behave: (partner, settings) => void servers[partner].behave(settings),
    putPeople: (told) => people.put(told),
    records: channel.records,
    close,
  };
};
