import type { CreditBureau, IdentityVerifier } from '../gateways/bureau';
import { httpCreditBureau } from '../gateways/bureau/adapters/http-credit-bureau';
import { httpIdentityVerifier } from '../gateways/bureau/adapters/http-identity-verifier';
import type { PaymentChannel } from '../gateways/channel';
import { httpPaymentChannel } from '../gateways/channel/adapters/http-payment-channel';
import type { CustodyBank } from '../gateways/custody';
import { httpCustodyBank } from '../gateways/custody/adapters/http-custody-bank';
import type { ESignAuthority } from '../gateways/esign';
import { httpESignAuthority } from '../gateways/esign/adapters/http-esign-authority';
import { PartnerClient, type PartnerMetrics, type PartnerOptions, readKeySet, type SigningKey } from '../gateways/http';
import {
  PARTNERS,
  SANDBOX_CHANNELS,
  SANDBOX_SOURCES,
  type SandboxChannel,
  type SandboxPartner,
  type SandboxSource,
  sandboxKeySet,
} from '../gateways/sandbox';
import type { CourtRegister, DeviceIntelligence, FraudRegister, PhoneOperator } from '../gateways/sources';
import {
  httpCourtRegister,
  httpDeviceIntelligence,
  httpFraudRegister,
  httpPhoneOperator,
} from '../gateways/sources/adapters/http-source';
import type { Clock } from '../platform/runtime';

/** The payment channel's name in events, books and statements. */
const CHANNEL = 'sandboxpay';

/** By their own documentation channels and the custody bank settle an instruction within a minute or never. */
const SETTLE_LATE_MS = 60_000;

/** The sources of information besides the bureau. */
interface Sources {
  readonly antifraud?: FraudRegister;
  readonly telecom?: PhoneOperator;
  readonly device?: DeviceIntelligence;
  readonly courts?: CourtRegister;
}

export interface Partners {
  readonly bureau: CreditBureau;
  readonly identities: IdentityVerifier;
  /** The sources besides the bureau; one that has no address is not there. */
  readonly sources: Sources;
  /** The house's own payment channel. */
  readonly channel: PaymentChannel;
  /** Every payment channel by its name. */
  readonly channels: ReadonlyMap<string, PaymentChannel>;
  readonly custody: CustodyBank;
  readonly esign: ESignAuthority;
  close(): Promise<void>;
}

export interface PartnersOptions {
  readonly urls: PartnerUrls;
  /** The partners' keys follow from the sandbox's seed. */
  readonly seed: string;
  /** Signs what the custody bank is asked and told. */
  readonly custodySigning: SigningKey;
  readonly clock: Clock;
  readonly metrics?: PartnerMetrics;
  readonly limits?: Partial<Omit<PartnerOptions, 'partner' | 'url' | 'keys' | 'signing' | 'metrics'>>;
}

/** What a comma list such as `bureau=…,channel=…` says of each. */
const byName = (text: string): ReadonlyMap<string | undefined, string> =>
  new Map(text.split(',').map((part) => [part.split('=')[0]?.trim(), part.slice(part.indexOf('=') + 1)]));

/** Where the partners are. Of the payment channels the house needs its own; others, and sources
 * besides the bureau, are used where there are any. */
type Optional = SandboxChannel | SandboxSource;
export type PartnerUrls = Readonly<
  Record<Exclude<SandboxPartner, Optional> | 'channel', string> & Partial<Record<Optional, string>>
>;

/** Reads `bureau=URL,channel=URL,custody=URL,esign=URL`, and further payment channels such as `quickpay=URL`. */
export const partnerUrls = (text: string): PartnerUrls => {
  const urls = byName(text);
  const urlOf = (partner: SandboxPartner): string => {
    const url = urls.get(partner);
    if (!url || !URL.canParse(url)) throw new Error(`USANCE_SANDBOX_URLS names no usable address for ${partner}`);
    return url;
  };
  const further = [...SANDBOX_CHANNELS, ...SANDBOX_SOURCES]
    .filter((name) => urls.has(name))
    .map((name) => [name, urlOf(name)]);
  return {
    ...Object.fromEntries(further),
    bureau: urlOf('bureau'),
    channel: urlOf('channel'),
    custody: urlOf('custody'),
    esign: urlOf('esign'),
  };
};

/** Reads `bureau=PORT,channel=PORT,custody=PORT,esign=PORT`; who is left out takes a free one. */
export const partnerPorts = (text: string): Partial<Record<SandboxPartner, number>> => {
  const ports = byName(text);
  return Object.fromEntries(PARTNERS.filter((name) => ports.has(name)).map((name) => [name, Number(ports.get(name))]));
};

/** The name of a payment channel in events, books and statements. */
export const channelNameOf = (channel: SandboxChannel): string => (channel === 'channel' ? CHANNEL : channel);

/** A gateway to every partner, one client each, so that one that hangs holds up no other. */
export const openPartners = ({ urls, seed, custodySigning, clock, metrics, limits }: PartnersOptions): Partners => {
  const keysOf = (partner: SandboxPartner) => readKeySet(sandboxKeySet(seed, partner));
  const clients: PartnerClient[] = [];
  const clientOf = (partner: SandboxPartner, url: string): PartnerClient => {
    const client = new PartnerClient({
      partner,
      url,
      keys: keysOf(partner),
      ...(partner === 'custody' && { signing: custodySigning }),
      ...(metrics ? { metrics } : {}),
      ...limits,
    });
    clients.push(client);
    return client;
  };
  const channelAt = (channel: SandboxChannel, url: string): PaymentChannel =>
    httpPaymentChannel({
      name: channelNameOf(channel),
      client: clientOf(channel, url),
      keys: keysOf(channel),
      clock,
      settleLateMs: SETTLE_LATE_MS,
    });
  const bureau = clientOf('bureau', urls.bureau);
  const own = channelAt('channel', urls.channel);
  const further = SANDBOX_CHANNELS.filter((each) => each !== 'channel').flatMap((each) => {
    const url = urls[each];
    return url === undefined ? [] : [channelAt(each, url)];
  });
  const at = <Name extends SandboxSource, Gateway>(name: Name, gateway: (client: PartnerClient) => Gateway) => {
    const url = urls[name];
    // A name that is computed makes the type of its record wider than it is.
    return url === undefined ? {} : ({ [name]: gateway(clientOf(name, url)) } as { readonly [Key in Name]: Gateway });
  };
  return {
    bureau: httpCreditBureau(bureau),
    identities: httpIdentityVerifier(bureau),
    channel: own,
    channels: new Map([own, ...further].map((channel) => [channel.name, channel])),
    sources: {
      ...at('antifraud', httpFraudRegister),
      ...at('telecom', httpPhoneOperator),
      ...at('device', httpDeviceIntelligence),
      ...at('courts', httpCourtRegister),
    },
    custody: httpCustodyBank({
      client: clientOf('custody', urls.custody),
      clock,
      settleLateMs: SETTLE_LATE_MS,
    }),
    esign: httpESignAuthority(clientOf('esign', urls.esign), keysOf('esign')),
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
};
