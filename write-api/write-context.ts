import type { CommandBus, RoutingTable } from '../commands';
import type { Declaration } from '../domain/application';
import type { BorrowerId, BusinessDate } from '../domain/kernel';
import type { PolicyDocument } from '../domain/policy';
import type { RuleSet } from '../domain/reconciliation';
import type { Trial } from '../domain/rules';
import type { Clock } from '../platform/runtime';

/** What a value is indexed as; the same value under another purpose has another index. */
export type IndexPurpose = 'id-number' | 'phone' | 'card' | 'device' | 'ip' | 'subnet' | 'address';

/** What is wrong with a risk policy, and where. */
export interface PolicyFault {
  readonly place: string;
  readonly code: string;
  readonly detail: string;
}

/** What a borrower has to supply with an application, by the policy. */
export interface Requirements {
  readonly required: readonly ('amount' | 'installments' | 'cardId' | 'declaration' | 'deviceId')[];
  /** What the house knows from last time, for what need not be supplied. */
  readonly known: { readonly cardId: string; readonly declaration: Declaration } | undefined;
}

/** What comes of holding a past statement against our movements by other rules. */
export type RuleTrial =
  | { readonly outcome: 'compared'; readonly trial: Trial }
  | { readonly outcome: 'unknown-counterparty' }
  | { readonly outcome: 'no-statement'; readonly reason: string };

/** What the routes of the way in need. */
export interface WriteContext {
  readonly bus: CommandBus;
  readonly clock: Clock;
  /** Keyed HMAC of an identifying value: equal values can be found, none can be read. */
  readonly blindIndex: (purpose: IndexPurpose, value: string) => string;
  /** SHA-256 of a text, hex. */
  readonly hash: (text: string) => string;
  /** The payment channels that repayments are debited through. */
  readonly channels: {
    /** The one that is used as long as none is enrolled. */
    readonly own: string;
    readonly routing: RoutingTable;
  };
  /** The checks that a risk policy must pass. */
  readonly policies: {
    readonly check: (document: PolicyDocument) => Promise<readonly PolicyFault[]>;
    readonly hashOf: (document: PolicyDocument) => string;
    /** Names the feature catalogue that is checked against. */
    readonly catalogue: string;
  };
  /** Tries rules of reconciliation on a past statement; writes nothing. */
  readonly tryRules: (asked: {
    readonly channel: string;
    readonly date: BusinessDate;
    readonly rules: RuleSet;
  }) => Promise<RuleTrial>;
  readonly requirements: (borrower: BorrowerId) => Promise<Requirements>;
  readonly today: () => BusinessDate;
}
