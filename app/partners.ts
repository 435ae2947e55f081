import type { CreditBureau, IdentityVerifier } from '../gateways/bureau';
import { httpCreditBureau } from '../gateways/bureau/adapters/http-credit-bureau';
import { httpIdentityVerifier } from '../gateways/bureau/adapters/http-identity-verifier';
import type { PaymentChannel } from '../gateways/channel';
import { httpPaymentChannel } from '../gateways/channel/adapters/http-payment-channel';
import type { CustodyBank } from '../gateways/custody';
import { httpCustodyBank } from '../gateways/custody/adapters/http-custody-bank';
import type { ESignAuthority } from '../gateways/esign';
import { httpESignAuthority } from '../gateways/esign/adapters/http-esign-authority';
import { PartnerClient, type PartnerMetrics, type PartnerOptions, readKeySet } from '../gateways/http';
import { PARTNERS, type SandboxPartner, sandboxKeySet } from '../gateways/sandbox';
import type { Clock } from '../platform/runtime';

/** The payment channel's name in events, books and statements. */
export const CHANNEL = 'sandboxpay';

/** By its own documentation the channel settles an instruction within a minute or never. */
const SETTLE_LATE_MS = 60_000;

export interface Partners {
  readonly bureau: CreditBureau;
  readonly identities: IdentityVerifier;
  readonly channel: PaymentChannel;
  readonly custody: CustodyBank;
  readonly esign: ESignAuthority;
  close(): Promise<void>;
}

export interface PartnersOptions {
  readonly urls: Readonly<Record<SandboxPartner, string>>;
  /** The partners' keys follow from the sandbox's seed. */
  readonly seed: string;
  readonly clock: Clock;
  readonly metrics?: PartnerMetrics;
  readonly limits?: Partial<Omit<PartnerOptions, 'partner' | 'url' | 'keys' | 'metrics'>>;
}

/** What a comma list such as `bureau=…,channel=…` says of each. */
const byName = (text: string): ReadonlyMap<string | undefined, string> =>
  new Map(text.split(',').map((part) => [part.split('=')[0]?.trim(), part.slice(part.indexOf('=') + 1)]));

/** Reads `bureau=URL,channel=URL,custody=URL,esign=URL`. */
export const partnerUrls = (text: string): Readonly<Record<SandboxPartner, string>> => {
  const urls = byName(text);
  const urlOf = (partner: SandboxPartner): string => {
    const url = urls.get(partner);
    if (!url || !URL.canParse(url)) throw new Error(`USANCE_SANDBOX_URLS names no usable address for ${partner}`);
    return url;
  };
  return { bureau: urlOf('bureau'), channel: urlOf('channel'), custody: urlOf('custody'), esign: urlOf('esign') };
};

/** Reads `bureau=PORT,channel=PORT,custody=PORT,esign=PORT`; who is left out takes a free one. */
export const partnerPorts = (text: string): Partial<Record<SandboxPartner, number>> => {
  const ports = byName(text);
  return Object.fromEntries(PARTNERS.filter((name) => ports.has(name)).map((name) => [name, Number(ports.get(name))]));
};

/** A gateway to every partner, one client each, so that one that hangs holds up no other. */
export const openPartners = ({ urls, seed, clock, metrics, limits }: PartnersOptions): Partners => {
  const keysOf = (partner: SandboxPartner) => readKeySet(sandboxKeySet(seed, partner));
  const clientOf = (partner: SandboxPartner, named: string = partner): PartnerClient =>
    new PartnerClient({
      partner: named,
      url: urls[partner],
      keys: keysOf(partner),
      ...(metrics ? { metrics } : {}),
      ...limits,
    });
  const clients = Object.fromEntries(PARTNERS.map((partner) => [partner, clientOf(partner)])) as Record<
    SandboxPartner,
    PartnerClient
  >;
  return {
    bureau: httpCreditBureau(clients.bureau),
    identities: httpIdentityVerifier(clients.bureau),
    channel: httpPaymentChannel({
      name: CHANNEL,
      client: clients.channel,
      keys: keysOf('channel'),
      clock,
      settleLateMs: SETTLE_LATE_MS,
    }),
    custody: httpCustodyBank(clients.custody),
    esign: httpESignAuthority(clients.esign, keysOf('esign')),
    close: async () => {
      await Promise.all(PARTNERS.map((partner) => clients[partner].close()));
    },
  };
};
