import type { ChannelTerms } from '../../domain/channel';
import type { MoneyText } from '../../domain/kernel';
import type { PartnerSettingsInput } from './behaviour';
import type { SandboxChannel } from './keys';

/** What a channel of the sandbox offers, and how well it keeps it. What it does to whom follows from the seed. */
export interface ChannelProfile {
  readonly terms: ChannelTerms;
  /**
   * Shares of instructions: refused, answered after a while, and not answered although they are carried out; and of
   * debits that may be partial, those that find only a part of the money.
   */
  readonly reliability: {
    readonly refused: number;
    readonly slow: number;
    readonly unanswered: number;
    readonly partly: number;
  };
  readonly settings: PartnerSettingsInput;
}

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });
const flat = (fee: string) => ({ kind: 'flat', fee: cny(fee) }) as const;

const ALWAYS = { calendar: 'CN@2026.1', days: 'every-day', opens: '00:00', closes: '24:00' } as const;
const OFFICE_HOURS = { calendar: 'CN@2026.1', days: 'business-days', opens: '08:30', closes: '17:00' } as const;

/**
 * Both directions alike: so many are refused, so many take their time, so many are found out about by asking. Of the
 * debits that may be partial, for so many there is only a part of the money.
 */
const keepingPromises = (
  refused: number,
  slow: number,
  unanswered: number,
  partly = 0,
): Pick<ChannelProfile, 'reliability' | 'settings'> => {
  const conduct = { refuse: refused, slow, 'timeout-after-doing': unanswered };
  return {
    reliability: { refused, slow, unanswered, partly },
    settings: { operations: { payout: conduct, debit: conduct }, slowMs: 50, partialDebits: partly },
  };
};

/**
 * Four payment channels that nobody would confuse: the house's own, which is middling; one that is fast, sure and dear;
 * one that is cheap, slow and less sure; and a bank that has a person look at large amounts in office hours.
 */
export const CHANNEL_PROFILES: Readonly<Record<SandboxChannel, ChannelProfile>> = {
  channel: {
    terms: {
      currency: 'CNY',
      abilities: ['payout', 'debit'],
      limits: { least: cny('1.00'), most: cny('50000.00'), perDay: cny('20000000.00') },
      hours: ALWAYS,
      cost: flat('1.50'),
      promisedSeconds: 60,
      review: 'automatic',
      probesToRestore: 3,
    },
    ...keepingPromises(0.02, 0.05, 0.005),
  },
  quickpay: {
    terms: {
      currency: 'CNY',
      abilities: ['payout', 'debit', 'partial-debit'],
      limits: { least: cny('0.01'), most: cny('20000.00'), perDay: cny('5000000.00') },
      hours: ALWAYS,
      cost: { kind: 'share', share: '0.003', rounding: 'HALF_UP', least: cny('0.50'), most: cny('8.00') },
      promisedSeconds: 10,
      review: 'automatic',
      probesToRestore: 2,
    },
    ...keepingPromises(0.01, 0, 0.002, 0.03),
  },
  saverpay: {
    terms: {
      currency: 'CNY',
      abilities: ['payout', 'debit'],
      limits: { least: cny('10.00'), most: cny('30000.00'), perDay: cny('8000000.00') },
      hours: ALWAYS,
      cost: {
        kind: 'tiers',
        tiers: [
          { upTo: cny('1000.00'), fee: flat('0.20') },
          { upTo: cny('10000.00'), fee: flat('0.60') },
          { fee: { kind: 'share', share: '0.0001', rounding: 'UP' } },
        ],
      },
      promisedSeconds: 1_800,
      review: 'automatic',
      probesToRestore: 5,
    },
    ...keepingPromises(0.06, 0.3, 0.02),
  },
  bankwire: {
    terms: {
      currency: 'CNY',
      abilities: ['payout', 'debit'],
      limits: { least: cny('1000.00'), most: cny('2000000.00'), perDay: cny('100000000.00') },
      hours: OFFICE_HOURS,
      cost: flat('5.00'),
      promisedSeconds: 7_200,
      review: 'reviewed',
      probesToRestore: 3,
    },
    ...keepingPromises(0.005, 0.1, 0.001),
  },
};
