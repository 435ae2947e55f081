import { hash } from 'node:crypto';
import type { CommandBus, CommandRequest, CommandResult } from '../commands';
import { type Decision, type Declaration, TEMPLATE_VERSION } from '../domain/application';
import { type Actor, type BusinessDate, businessDate, parseMoney, productId, startOf } from '../domain/kernel';
import { type Quote, quoteOf } from '../domain/schedule';
import { personalCredit } from '../simulation';
import { nameOf, uuidOf } from './support';

/** Ten in the morning of a day, China time: when everything of that day happens. */
export const morningOf = (date: BusinessDate): number => Date.parse(startOf(date)) + 10 * 3_600_000;

export const PRODUCT_ID = productId(nameOf('product'));
export const LENT_ON: BusinessDate = businessDate('2026-03-02');
export const AMOUNT = { amount: '6000.00', currency: 'CNY' } as const;
const INSTALLMENTS = 6;
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

const DECLARATION: Declaration = {
  monthlyIncome: { amount: '9000.00', currency: 'CNY' },
  employment: '4-to-7-years',
  job: 'skilled',
  housing: 'rent',
  property: 'none',
  purpose: 'new-car',
  otherInstallmentPlans: 'none',
  dependants: '0-to-2',
  residence: '4-to-7-years',
};

/** What everybody asks for. */
export const ASKED = { productId: PRODUCT_ID, amount: AMOUNT, installments: INSTALLMENTS, declaration: DECLARATION };

/** What everybody is offered. */
export const offerOn = (date: BusinessDate): Quote =>
  quoteOf(personalCredit.terms, parseMoney(AMOUNT), INSTALLMENTS, date, sha256);

/** What the engine says to such an applicant: yes. */
export const approvalOn = (date: BusinessDate, consentId: string): Decision => {
  const source = { source: 'bureau', outcome: 'answered', reference: 'r-1', consentId, tookMs: 12 } as const;
  return {
    outcome: 'approve',
    reasons: [],
    score: 601,
    policy: { name: 'town', version: 1, hash: sha256('policy') },
    features: { creditHistory: 'all-paid-here', employment: '4-to-7-years', amount: 6000, installmentShare: 0.1161 },
    trace: [{ rule: 'town', fired: true }],
    sources: [{ ...source, at: startOf(date) }],
    granted: AMOUNT,
    tookMs: 14,
  };
};

export const CONTRACT = { templateVersion: TEMPLATE_VERSION, documentHash: sha256('contract') };

export type Accepted = Extract<CommandResult, { readonly kind: 'accepted' }>;

export const HOUSE: Actor = { kind: 'system', id: 'house' };
const OPERATOR: Actor = { kind: 'operator', id: 'bench' };

/** Gives a command under an id of its own that is the same in every run. A refusal is a mistake of the benchmark's. */
export const give = async (
  bus: CommandBus,
  name: string,
  request: CommandRequest,
  actor: Actor = HOUSE,
  correlationId = name,
): Promise<Accepted> => {
  const commandId = uuidOf(name);
  const result = await bus.execute(request, { commandId, actor, correlationId, causationId: correlationId });
  if (result.kind === 'refused') throw new Error(`${name}, ${request.type}: ${result.refusal.detail}`);
  return result;
};

/** Puts the one product on offer. */
export const openShop = async (bus: CommandBus): Promise<void> => {
  const offering = { productId: PRODUCT_ID, offering: personalCredit };
  await give(bus, 'draft', { type: 'DraftProduct', data: offering }, OPERATOR);
  await give(bus, 'publish', { type: 'PublishProduct', data: { productId: PRODUCT_ID } }, OPERATOR);
};
