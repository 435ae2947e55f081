import { addDays, type BusinessDate } from '../../domain/kernel';
import type { Clock } from '../../platform/runtime';
import type { KeySet } from '../http';
import type { PartnerSettingsInput } from './behaviour';
import { bureauServer } from './bureau-server';
import { type ChannelRecords, channelServer } from './channel-server';
import { type CustodyRecords, custodyServer } from './custody-server';
import { customersOf } from './customers';
import { esignServer } from './esign-server';
import { type Journal, openJournal } from './journal';
import { PARTNERS, SANDBOX_CHANNELS, type SandboxChannel, type SandboxPartner, sandboxKeySet } from './keys';
import { MovementBook, type Transfer } from './movement-book';
import type { PartnerServer } from './partner-server';
import { People, type SandboxPerson } from './people';
import { sourceServers } from './sources-server';

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
  /** The public keys of whoever the custody bank listens to. Default: whoever comes first. */
  readonly customers?: KeySet;
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
  /** As `PUT /sandbox/transfers` on a channel: money that somebody sends by themselves, or that goes back to them. */
  transfer(channel: SandboxChannel, transfer: Transfer): void;
  /** As `GET /sandbox/records` on every channel, or on one: every movement that was executed. */
  records(channel?: SandboxChannel): ChannelRecords;
  /** How many instructions a channel has on record, whatever became of them: told at no cost. */
  instructed(channel: SandboxChannel): number;
  /** Every instruction that the custody bank has carried out. */
  custodyRecords(): CustodyRecords;
  /** Breaks off all connections, waits for callbacks under way, and closes the journals. */
  close(): Promise<void>;
}

const byChannel = <T>(make: (channel: SandboxChannel) => T): Record<SandboxChannel, T> => ({
  channel: make('channel'),
  quickpay: make('quickpay'),
  saverpay: make('saverpay'),
  bankwire: make('bankwire'),
});

const byPartner = <T>(make: (partner: SandboxPartner) => T): Record<SandboxPartner, T> => ({
  bureau: make('bureau'),
  custody: make('custody'),
  esign: make('esign'),
  antifraud: make('antifraud'),
  telecom: make('telecom'),
  device: make('device'),
  courts: make('courts'),
  ...byChannel(make),
});

const listen = async (server: PartnerServer, port: number, host: string): Promise<string> => {
  const url = new URL(await server.app.listen({ port, host }));
  return url.origin;
};

/**
 * Starts the outside world: bureau, further sources, payment channels, custody bank and e-sign authority, each an HTTP
 * server.
 */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { seed, clock, folder } = options;
  const journals = new Map<string, Journal>();
  const journalOf = (name: string): Journal => {
    const journal = openJournal(folder, name);
    journals.set(name, journal);
    return journal;
  };
  const people = new People(seed, journalOf('people'));
  // Each channel keeps its own book: two that get one instruction both carry it out, as they would outside.
  const books = byChannel(
    (channel) =>
      new MovementBook({
        seed: channel === 'channel' ? seed : `${seed} ${channel}`,
        journal: journalOf(channel === 'channel' ? 'movements' : `movements-${channel}`),
        nextBusinessDate: options.nextBusinessDate ?? ((date) => addDays(date, 1)),
      }),
  );
  const channels = byChannel((channel) => channelServer({ channel, seed, clock, book: books[channel] }));
  const custody = custodyServer({
    seed,
    clock,
    books: Object.values(books),
    journal: journalOf('custody'),
    customers: customersOf(options.customers, journalOf('custody-customers')),
  });
  const servers: Record<SandboxPartner, PartnerServer> = {
    ...byChannel((channel) => channels[channel].server),
    bureau: bureauServer({ seed, clock, people }),
    custody: custody.server,
    esign: esignServer({ seed, clock, journal: journalOf('signatures') }),
    ...sourceServers({ seed, clock, people }),
  };
  for (const partner of PARTNERS) servers[partner].behave(options.settings?.[partner] ?? {});

  const close = async (): Promise<void> => {
    await Promise.all(PARTNERS.map((partner) => servers[partner].app.close()));
    await Promise.all(SANDBOX_CHANNELS.map((channel) => channels[channel].close()));
    for (const journal of journals.values()) journal.close();
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
    instructed: (channel) => channels[channel].instructed(),
    transfer: (channel, sent) => channels[channel].transfer(sent),
    records: (only) => {
      const asked = only === undefined ? SANDBOX_CHANNELS : [only];
      const all = asked.map((channel) => channels[channel].records());
      return { payouts: all.flatMap(({ payouts }) => payouts), debits: all.flatMap(({ debits }) => debits) };
    },
    custodyRecords: custody.carriedOut,
    close,
  };
};
