import type { CommandResult, RoutingTable, StateReader } from '../../commands';
import type { ChannelHealth } from '../../domain/channel';
import type { MessageChannel, NoticeCommand } from '../../domain/notices';
import type { CreditBureau, IdentityVerifier } from '../../gateways/bureau';
import type { PaymentChannel } from '../../gateways/channel';
import type { CustodyBank } from '../../gateways/custody';
import type { ESignAuthority } from '../../gateways/esign';
import type { MessageGateway } from '../../gateways/message';
import type { CourtRegister, DeviceIntelligence, FraudRegister, PhoneOperator } from '../../gateways/sources';
import type { EffectContext } from '../../platform/processing';
import type { Clock } from '../../platform/runtime';
import type { DecisionDesk } from '../../risk';
import type { PartnerSource } from '../../risk/features';
import type { ListBook } from '../../risk/lists';
import type { SourceDesk } from '../../risk/sources';
import type { HouseKnowledge } from './house-knowledge';

/** The payment channels of the house. */
export interface Channels {
  /** The one that is used as long as none is enrolled. */
  readonly own: string;
  readonly routing: RoutingTable;
  /** The way to a channel. @throws Error when there is none: what was sent one way is never asked for another way */
  readonly gatewayTo: (name: string) => PaymentChannel;
  /** How a channel does when everything up to a position has been counted; undefined while that is not to be had. */
  readonly healthOf: (name: string, through: string) => Promise<ChannelHealth | undefined>;
}

/** The ways by which messages go to borrowers. */
export interface Messages {
  /** Undefined where the house has no such way. */
  readonly gatewayFor: (channel: MessageChannel) => MessageGateway | undefined;
  /** Puts on record that a message is about to go out; a command of its own each time, so that one of many goes on. */
  readonly begin: (
    message: Extract<NoticeCommand, { readonly type: 'BeginMessage' }>['data'],
    context: Pick<EffectContext, 'correlationId' | 'causationId'>,
  ) => Promise<CommandResult>;
}

/** What the house needs of the outside to carry out its effects. */
export interface OutsideWorld {
  readonly read: StateReader;
  readonly clock: Clock;
  /** Real milliseconds, for how long something took; never for a business date. */
  readonly stopwatch: () => number;
  readonly bureau: CreditBureau;
  readonly identities: IdentityVerifier;
  readonly channels: Channels;
  readonly custody: CustodyBank;
  readonly esign: ESignAuthority;
  readonly messages: Messages;
  readonly decide: DecisionDesk;
  /** The sources besides the bureau; one that is left out is not connected. */
  readonly sources: {
    readonly antifraud?: FraudRegister;
    readonly telecom?: PhoneOperator;
    readonly device?: DeviceIntelligence;
    readonly courts?: CourtRegister;
  };
  /** How long a source may take. */
  readonly deadlineMs: (source: PartnerSource) => number;
  /** Through which all sources are asked. */
  readonly sourceDesk: SourceDesk;
  readonly knowledge: HouseKnowledge;
  /** The lists as they are now. */
  readonly lists: () => ListBook;
  /** SHA-256 of a text, hex. */
  readonly hash: (text: string) => string;
  /** Destroys the data key of a borrower: what it sealed can never be read again. */
  readonly destroyKey: (borrowerId: string) => Promise<void>;
}
