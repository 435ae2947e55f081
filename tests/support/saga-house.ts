import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { dueDatesOf } from '../../app/due-dates';
import { knowledgeOf } from '../../app/knowledge';
import { messagesThrough } from '../../app/messages';
import { shippedModels } from '../../app/models';
import { installPolicy, policyShelf } from '../../app/policies';
import { aggregates, type CommandRequest } from '../../commands';
import type { originFields } from '../../domain/application';
import type { ConsentScope } from '../../domain/borrower';
import type { DomainEvent } from '../../domain/events';
import {
  addDays,
  applicationId,
  borrowerId,
  businessDateAt,
  loanId,
  type MoneyText,
  mandateId,
  Personal,
  payoutId,
  productId,
  repaymentId,
} from '../../domain/kernel';
import type { Offering } from '../../domain/product';
import { plainTerms } from '../../domain/schedule';
import { sandboxOutbox } from '../../gateways/message/adapters/sandbox-outbox';
import { type Dispatch, LogFeed, ProjectionRunner, SagaRunner, Sagas } from '../../platform/processing';
import { MemoryReadStore } from '../../platform/read-store/adapters/memory';
import { systemIds, systemTimers } from '../../platform/runtime';
import { projections } from '../../projections';
import { decisionDesk } from '../../risk';
import { type ListDocument, openLists } from '../../risk/lists';
import { SourceDesk } from '../../risk/sources';
import { CloseOfDay, carryOut, DebitRun, daySteps, deadlinesOf, houseSagas } from '../../sagas';
import { commandHouse, indexFor, registration } from './command-house';
import { declaration, sound } from './one-loan-life';
import { type OutsideWorldOptions, outsideWorld } from './outside-world';
import { person } from './people';
import { PRODUCT as CONSUMER_LOAN } from './product';

const SOMEBODY = person(1);
const BORROWER = borrowerId('li');
const PRODUCT = productId('first-credit');
type OfType<Type extends DomainEvent['type']> = Extract<DomainEvent, { readonly type: Type }>;

/** Without these nobody borrows. */
const NEEDED = ['identity-verification', 'credit-bureau', 'direct-debit', 'electronic-signature'] as const;
type Origin = Partial<z.infer<z.ZodObject<typeof originFields>>>;

export const APPLICATION = applicationId('4q2m');
export const LOAN = loanId(APPLICATION);
export const PAYOUT = payoutId(LOAN);
export const REPAYMENT = repaymentId('r1');
export const MANDATE = mandateId(LOAN);

const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** 10 % a year under a licence whose cap moves with the loan prime rate. */
const offering: Offering = {
  ...CONSUMER_LOAN,
  name: 'First credit',
  terms: {
    ...CONSUMER_LOAN.terms,
    rate: { kind: 'fixed', perYear: '0.10' },
    charges: [],
  },
  amount: { least: cny('1000.00'), most: cny('20000.00') },
  installments: { least: 6, most: 24 },
  licence: 'private-lender',
};

/** The same at 11.6 % a year, 12.24 % in all. */
export const dearOffering: Offering = {
  ...offering,
  terms: plainTerms('CNY', '0.116'),
};

/**
 * The sagas at work: over a log in memory, against the sandbox over HTTP with short deadlines, on a clock that is moved
 * by hand. What is too broken to be handled is parked after a few quick attempts.
 */
export const sagaHouse = async (options: OutsideWorldOptions & { readonly lists?: readonly ListDocument[] } = {}) => {
  // Twice as long as elsewhere: what comes too late here costs a whole life.
  const world = await outsideWorld({ ...options, limits: { deadlineMs: 500, ...options.limits } });
  const { clock, sandbox } = world;
  const { busOf, log, keys } = await commandHouse(clock);
  const { bus, give } = busOf('this-process');
  const dispatch: Dispatch<CommandRequest> = async (command, context) => {
    const result = await bus.execute(command, context);
    return result.kind === 'accepted'
      ? { kind: 'accepted' }
      : { kind: 'refused', code: result.refusal.code, detail: result.refusal.detail };
  };
  await installPolicy(bus);
  const store = new MemoryReadStore();
  const feed = new LogFeed(log, { timers: systemTimers });
  const { associations, dealings, mandates, velocities } = projections;
  const readModels = new ProjectionRunner<DomainEvent>({
    projections: [associations, dealings, mandates, velocities],
    feed,
    store,
    clock,
    timers: systemTimers,
  });
  await readModels.start();
  const outbox = sandboxOutbox();
  const effects = carryOut({
    read: bus,
    clock,
    stopwatch: () => clock.now(),
    bureau: world.bureau,
    identities: world.verifier,
    channels: world.channels,
    custody: world.custody,
    esign: world.esign,
    messages: messagesThrough(bus, systemIds, outbox),
    decide: decisionDesk({ policies: policyShelf(bus, shippedModels), stopwatch: () => clock.now() }),
    sources: world.sources,
    deadlineMs: () => 500,
    sourceDesk: new SourceDesk({ clock, stopwatch: () => clock.now() }),
    knowledge: knowledgeOf(readModels, 5_000),
    lists: () => openLists(options.lists ?? []),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    destroyKey: (id) => keys.destroy(id),
  });
  const terms = { firstCreditLimit: cny('50000.00') };
  const runners = () =>
    houseSagas(terms).map(
      (saga) =>
        new SagaRunner({
          saga,
          view: bus,
          dispatch,
          effects,
          feed,
          log,
          store,
          clock,
          timers: systemTimers,
          limits: { pollMs: 'never', attempts: 3, backoff: { firstMs: 1, mostMs: 5 } },
        }),
    );
  const sagas = new Sagas(runners, log);
  await sagas.start();
  const { channel, custody } = world;
  const debits = new DebitRun({ bus, dueDates: dueDatesOf(log, readModels) });
  const steps = daySteps({ log, bus, store, deadlines: deadlinesOf(sagas, store), debits });
  const night = new CloseOfDay({ log, bus, store, channels: [channel], custody, currency: 'CNY', steps });
  sandbox.putPeople([sound(SOMEBODY)]);

  /** Everything that can be done at this instant is done. */
  const settled = async (): Promise<void> => {
    do await sagas.idle();
    while ((await sagas.fireDue(clock.now())) > 0);
  };

  /** Moves the clock from one deadline to the next, up to so much later. */
  const pass = async (milliseconds: number): Promise<void> => {
    const end = clock.now() + milliseconds;
    for (;;) {
      await settled();
      const due = await sagas.nextDue();
      const next = Math.min(end, due ?? end);
      clock.advance(Math.max(0, next - clock.now()));
      if (next >= end) break;
    }
    await settled();
  };

  const must = async (request: CommandRequest, name: string): Promise<void> => {
    const result = await give(request, name);
    if (result.kind === 'refused') throw new Error(`${name}: ${result.refusal.code} ${result.refusal.detail}`);
  };

  const publish = async (of: Offering = offering): Promise<void> => {
    await must({ type: 'DraftProduct', data: { productId: PRODUCT, offering: of } }, 'draft');
    await must({ type: 'PublishProduct', data: { productId: PRODUCT } }, 'publish');
  };

  const register = async (scopes: readonly ConsentScope[] = NEEDED): Promise<void> => {
    const { type, data } = registration(BORROWER, SOMEBODY.idNumber);
    const clear = {
      name: Personal.of(SOMEBODY.name),
      phone: Personal.of(SOMEBODY.phone),
      birthDate: Personal.of('1990-03-07'),
    };
    await must({ type, data: { ...data, ...clear } }, 'register');
    for (const scope of scopes) {
      const consent = {
        consentId: scope,
        scope,
        purpose: 'p',
        textVersion: '1',
        textHash: 'h',
        channel: 'app',
      } as const;
      await must({ type: 'GrantConsent', data: { borrowerId: BORROWER, ...consent } }, scope);
    }
    const card = {
      cardId: 'card-1',
      cardIndex: indexFor('card'),
      bank: 'Test Bank',
      lastFour: SOMEBODY.cardNumber.slice(-4),
    };
    await must(
      { type: 'BindBankCard', data: { borrowerId: BORROWER, ...card, cardNumber: Personal.of(SOMEBODY.cardNumber) } },
      'card',
    );
    await settled();
  };

  const apply = async (origin: Origin = {}, applicationId = APPLICATION): Promise<void> => {
    await must(
      {
        type: 'SubmitApplication',
        data: {
          applicationId,
          borrowerId: BORROWER,
          productId: PRODUCT,
          amount: cny('6000.00'),
          installments: 12,
          cardId: 'card-1',
          declaration,
          ...origin,
        },
      },
      `apply ${applicationId}`,
    );
    await settled();
  };

  const application = async () => (await bus.load(aggregates.application, APPLICATION)).state;

  const sign = async (): Promise<void> => {
    const state = await application();
    if (state.status !== 'approved') throw new Error(`the application is ${state.status}`);
    const contract = { templateVersion: '2026-01', documentHash: 'd'.repeat(64) };
    const { quoteHash } = state.offer;
    await must(
      { type: 'AcceptOffer', data: { applicationId: APPLICATION, borrowerId: BORROWER, quoteHash, contract } },
      'accept',
    );
    await must({ type: 'RequestSignature', data: { applicationId: APPLICATION, borrowerId: BORROWER } }, 'sign');
    await settled();
  };

  const repay = async (): Promise<void> => {
    const effectId = `${REPAYMENT}.1`;
    const { name: channel } = world.channel;
    await must(
      {
        type: 'InitiateRepayment',
        data: {
          repaymentId: REPAYMENT,
          loanId: LOAN,
          borrowerId: BORROWER,
          kind: 'voluntary',
          amount: cny('500.00'),
          channel,
          effectId,
        },
      },
      'repay',
    );
    await settled();
  };

  const grantMandate = async (name = 'grant mandate'): Promise<void> => {
    const today = businessDateAt(clock.now());
    const limits = { perDebit: cny('2000.00'), perMonth: cny('3000.00') };
    const text = { textVersion: '2026-01', textHash: 'h' };
    const agreement = { ...limits, ...text, from: today, to: addDays(today, 500), payDays: [5, 15, 25] };
    const data = { mandateId: MANDATE, loanId: LOAN, borrowerId: BORROWER, cardId: 'card-1', agreement };
    await must({ type: 'GrantMandate', data }, name);
    await settled();
  };

  return {
    clock,
    sandbox,
    /** The name of the house's own payment channel. */
    channel: channel.name,
    calls: world.calls,
    sagas,
    night,
    /** What a dry run of reconciliation needs. */
    nightWorld: { log, bus, store, channels: [channel], custody, currency: 'CNY' as const },
    bus,
    give,
    settled,
    pass,
    publish,
    register,
    apply,
    sign,
    repay,
    grantMandate,
    outbox,
    must,
    debits,
    application,
    borrower: BORROWER,
    loan: async () => (await bus.load(aggregates.loan, LOAN)).state,
    payout: async () => (await bus.load(aggregates.payout, PAYOUT)).state,
    repayment: async () => (await bus.load(aggregates.repayment, REPAYMENT)).state,
    typesOf: async (stream: string): Promise<readonly string[]> => {
      const types: string[] = [];
      for await (const page of log.readStream(stream)) types.push(...page.map(({ type }) => type));
      return types;
    },
    /** The facts of one type on a stream, oldest first. */
    eventsOf: async <Type extends DomainEvent['type']>(
      stream: string,
      type: Type,
    ): Promise<readonly OfType<Type>[]> => {
      const found: OfType<Type>[] = [];
      for await (const page of log.readStream(stream)) {
        // Facts of one type are what that type says.
        found.push(...page.filter((event) => event.type === type).map((event) => event as unknown as OfType<Type>));
      }
      return found;
    },
    close: async () => {
      await sagas.stop();
      await readModels.stop();
      await world.close();
    },
  };
};

export type SagaHouse = Awaited<ReturnType<typeof sagaHouse>>;
