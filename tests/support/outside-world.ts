import { httpCreditBureau } from '../../gateways/bureau/adapters/http-credit-bureau';
import { httpIdentityVerifier } from '../../gateways/bureau/adapters/http-identity-verifier';
import { httpPaymentChannel } from '../../gateways/channel/adapters/http-payment-channel';
import { httpCustodyBank } from '../../gateways/custody/adapters/http-custody-bank';
import { httpESignAuthority } from '../../gateways/esign/adapters/http-esign-authority';
import { type PartnerCall, PartnerClient, type PartnerOptions, readKeySet, signingKeyFrom } from '../../gateways/http';
import {
  PARTNERS,
  type SandboxChannel,
  type SandboxOptions,
  type SandboxPartner,
  startSandbox,
} from '../../gateways/sandbox';
import {
  httpCourtRegister,
  httpDeviceIntelligence,
  httpFraudRegister,
  httpPhoneOperator,
} from '../../gateways/sources/adapters/http-source';
import { E_ACCOUNT, factsOf, POLICY } from './example-channels';

/** A clock that stands still until it is moved. */
export const handClock = (start: string) => {
  let now = Date.parse(start);
  return {
    now: () => now,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
};

export const SETTLE_LATE_MS = 60_000;

/** Deadlines short enough for tests that wait for them, and a breaker that stays out of the way. */
const SHORT = { deadlineMs: 250, retryDelayMs: 1, breakerFailures: 1_000, breakerOpenMs: 50 };

/** What the custody bank is told is signed with it. */
const CUSTOMER = signingKeyFrom('tests-1', Buffer.alloc(32, 7));

export type OutsideWorldOptions = Partial<SandboxOptions> & {
  readonly limits?: Partial<Omit<PartnerOptions, 'partner' | 'url' | 'keys'>>;
};

/** The sandbox with an adapter of every kind pointed at it, over loopback. */
export const outsideWorld = async ({ limits, ...options }: OutsideWorldOptions = {}) => {
  const clock = handClock('2026-11-22T02:00:00.000Z');
  const sandbox = await startSandbox({ seed: 'tests', clock, ...options });
  const calls: PartnerCall[] = [];
  const breakers: string[] = [];
  const clientOf = (partner: SandboxPartner) =>
    new PartnerClient({
      partner,
      url: sandbox.urls[partner],
      keys: readKeySet(sandbox.publicKeys[partner]),
      ...(partner === 'custody' && { signing: CUSTOMER }),
      metrics: {
        called: (call) => void calls.push(call),
        breaker: (name, state) => void breakers.push(`${name} ${state}`),
      },
      ...SHORT,
      ...limits,
    });
  const clients: Record<SandboxPartner, PartnerClient> = {
    bureau: clientOf('bureau'),
    channel: clientOf('channel'),
    quickpay: clientOf('quickpay'),
    saverpay: clientOf('saverpay'),
    bankwire: clientOf('bankwire'),
    custody: clientOf('custody'),
    esign: clientOf('esign'),
    antifraud: clientOf('antifraud'),
    telecom: clientOf('telecom'),
    device: clientOf('device'),
    courts: clientOf('courts'),
  };
  const channelOf = (partner: SandboxChannel) =>
    httpPaymentChannel({
      name: partner === 'channel' ? 'sandbox-channel' : partner,
      client: clients[partner],
      keys: readKeySet(sandbox.publicKeys[partner]),
      clock,
      settleLateMs: SETTLE_LATE_MS,
    });
  const channel = channelOf('channel');
  const gateways = new Map(
    [channel, channelOf('quickpay'), channelOf('saverpay'), channelOf('bankwire')].map((each) => [each.name, each]),
  );
  return {
    clock,
    sandbox,
    /** What the partner clients told their metrics. */
    calls,
    breakers,
    clients,
    bureau: httpCreditBureau(clients.bureau),
    sources: {
      antifraud: httpFraudRegister(clients.antifraud),
      telecom: httpPhoneOperator(clients.telecom),
      device: httpDeviceIntelligence(clients.device),
      courts: httpCourtRegister(clients.courts),
    },
    verifier: httpIdentityVerifier(clients.bureau),
    channel,
    /** As the house sees them: never measured. */
    channels: {
      own: channel.name,
      gatewayTo: (name: string) => {
        const gateway = gateways.get(name);
        if (gateway === undefined) throw new Error(`no channel ${name}`);
        return gateway;
      },
      healthOf: async () => undefined,
      routing: {
        names: [...gateways.keys()],
        policy: POLICY,
        measuresFor: async (name: string) => {
          const { usedToday, measured } = factsOf(name, E_ACCOUNT);
          return { usedToday, measured };
        },
      },
    },
    custody: httpCustodyBank({ client: clients.custody, clock, settleLateMs: SETTLE_LATE_MS }),
    esign: httpESignAuthority(clients.esign, readKeySet(sandbox.publicKeys.esign)),
    close: async () => {
      await Promise.all(PARTNERS.map((partner) => clients[partner].close()));
      await sandbox.close();
    },
  };
};

export type OutsideWorld = Awaited<ReturnType<typeof outsideWorld>>;
