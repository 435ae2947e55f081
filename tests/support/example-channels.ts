import { type ChannelFacts, type ChannelTerms, firstRoutingPolicy, type RoutedMovement } from '../../domain/channel';
import { businessDate, instant } from '../../domain/kernel';
import { cny } from './example-loan';

/** An e-account channel: automatic, at once, up to 50,000 a movement. */
export const E_ACCOUNT: ChannelTerms = {
  currency: 'CNY',
  abilities: ['payout', 'debit', 'partial-debit'],
  limits: { least: cny('1.00'), most: cny('50000.00'), perDay: cny('1000000.00') },
  hours: { calendar: 'CN@2026.1', days: 'every-day', opens: '00:00', closes: '24:00' },
  cost: { kind: 'flat', fee: cny('1.00') },
  promisedSeconds: 30,
  review: 'automatic',
  probesToRestore: 3,
};

/** A bank that looks at every movement: larger amounts, office hours, a share of the amount. */
export const BANK_TRANSFER: ChannelTerms = {
  currency: 'CNY',
  abilities: ['payout', 'debit'],
  limits: { least: cny('100.00'), most: cny('500000.00'), perDay: cny('9000000.00') },
  hours: { calendar: 'CN@2026.1', days: 'business-days', opens: '08:30', closes: '17:00' },
  cost: { kind: 'share', share: '0.0005', rounding: 'HALF_UP', least: cny('2.00'), most: cny('50.00') },
  promisedSeconds: 3_600,
  review: 'reviewed',
  probesToRestore: 2,
};

export const POLICY = { document: firstRoutingPolicy, hash: 'first-routing-1' };

const NOTHING = { attempts: 0, settled: 0, seconds: 0 };

/** A channel in service that has not been measured. */
export const factsOf = (channel: string, terms: ChannelTerms, more: Partial<ChannelFacts> = {}): ChannelFacts => ({
  channel,
  status: 'in-service',
  terms,
  usedToday: cny('0.00'),
  measured: { bandAndBank: NOTHING, band: NOTHING, channel: NOTHING },
  ...more,
});

/** A payout of 3,000 on a Monday at ten in the morning. */
export const movementOf = (more: Partial<RoutedMovement> = {}): RoutedMovement => ({
  kind: 'payout',
  amount: cny('3000.00'),
  bank: 'Test Bank',
  urgency: 'normal',
  mayBePartial: false,
  borrower: { loansDrawn: 0 },
  refusedBy: [],
  at: instant('2026-03-02T02:00:00.000Z'),
  businessDate: businessDate('2026-03-02'),
  ...more,
});
