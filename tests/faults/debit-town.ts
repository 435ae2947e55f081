import type { DomainEvent } from '../../domain/events';
import {
  addDays,
  applicationId,
  type BorrowerId,
  borrowerId,
  businessDate,
  creditLineId,
  instant,
  loanId,
  mandateId,
  Personal,
} from '../../domain/kernel';
import type { EventLog } from '../../platform/event-log';
import { NO_EVENTS } from '../../platform/event-log';
import { uuidV5 } from '../../platform/runtime';
import { indexFor, registration } from '../support/command-house';
import { active, cny } from '../support/example-loan';
import { type DebitHouse, DUE } from './debit-house';

const TOWN = '3f1d2b6a-3a57-5f77-8e0c-54c1a3f0b7d2';
const LENT_ON = businessDate('2026-01-15');
const BOOKED_AT = instant('2026-01-15T02:00:00.000Z');
const CARD = 'card-1';

const PAYER = { cardId: CARD, bank: 'Test Bank', lastFour: '4242' };

const LOANS_OF_ONE = 10;
/** What each was lent, in whole units. */
const LENT = 3_000;
/** Streams that are written at the same time, and people who are settled: they share their commits. */
const AT_ONCE = 500;
const PEOPLE_AT_ONCE = 100;

const keyOf = (n: number): string => `drill${String(n).padStart(7, '0')}`;
export const loanAt = (n: number) => loanId(applicationId(keyOf(n)));
const borrowerAt = (n: number) => borrowerId(`drill${Math.floor(n / LOANS_OF_ONE)}`);

const write = async (log: EventLog<DomainEvent>, stream: string, events: readonly DomainEvent[]): Promise<void> => {
  const commandId = uuidV5(TOWN, stream);
  const result = await log.append(stream, NO_EVENTS, events, {
    ...{ commandId, fingerprint: 'drill', correlationId: commandId, causationId: 'drill' },
    ...{ actor: { kind: 'system', id: 'drill' }, bookedAt: BOOKED_AT, businessDate: LENT_ON },
  });
  if (result.kind === 'conflict') throw new Error(`${stream} is there already`);
};

const TEMPLATE = JSON.stringify(active);

/** The loan of the examples, whose first installment is due on 15 February, with other ids. */
const lifeOf = (n: number): readonly DomainEvent[] =>
  JSON.parse(TEMPLATE.replaceAll('4q2m', keyOf(n)).replaceAll('borrower-7k3d', borrowerAt(n)));

/** What the borrower has drawn for all of these loans: each debit gives a part of it back. */
const creditOf = (loans: readonly number[], borrower: BorrowerId): readonly DomainEvent[] => [
  { type: 'CreditLineOpened', data: { borrowerId: borrower, limit: cny(`${LENT * LOANS_OF_ONE}.00`) } },
  ...loans.map((n): DomainEvent => {
    const drawn = { amount: cny(`${LENT}.00`), released: cny('0.00') };
    return { type: 'CreditDrawn', data: { applicationId: applicationId(keyOf(n)), loanId: loanAt(n), ...drawn } };
  }),
];

/** The debit has been announced, three days before. */
const mandateOf = (n: number): readonly DomainEvent[] => [granted(n), announced(n)];

const announced = (n: number): DomainEvent => ({
  type: 'DebitAnnounced',
  data: {
    ...{ loanId: loanAt(n), dueDate: DUE, borrowerId: borrowerAt(n), amount: cny('1000.00'), payer: PAYER },
    announcedOn: addDays(DUE, -3),
  },
});

const granted = (n: number): DomainEvent => ({
  type: 'MandateGranted',
  data: {
    ...{ loanId: loanAt(n), borrowerId: borrowerAt(n), number: 1, grantedOn: LENT_ON },
    payer: PAYER,
    agreement: {
      ...{ perDebit: cny('2000.00'), perMonth: cny('4000.00'), payDays: [20], textVersion: '1', textHash: 'h' },
      ...{ from: LENT_ON, to: addDays(DUE, 365) },
    },
  },
});

const settle = async ({ bus, log }: DebitHouse, n: number, loans: number): Promise<void> => {
  const id = borrowerAt(n);
  const own = Array.from({ length: Math.min(LOANS_OF_ONE, loans - n) }, (_, index) => n + index);
  await write(log, creditLineId(id), creditOf(own, id));
  const { data } = registration(id, id);
  const text = { purpose: 'p', textVersion: '1', textHash: 'h', channel: 'app' } as const;
  const requests = [
    { type: 'RegisterBorrower', data },
    { type: 'GrantConsent', data: { borrowerId: id, consentId: 'c1', scope: 'direct-debit', ...text } },
    {
      type: 'BindBankCard',
      data: {
        ...{ borrowerId: id, cardId: CARD, bank: 'Test Bank', lastFour: '4242' },
        ...{ cardNumber: Personal.of('6222020000000000000'), cardIndex: indexFor(`card of ${id}`) },
      },
    },
  ] as const;
  for (const request of requests) {
    const commandId = uuidV5(TOWN, `${request.type} ${id}`);
    const result = await bus.execute(request, {
      ...{ commandId, actor: { kind: 'system', id: 'drill' }, correlationId: commandId, causationId: 'drill' },
    });
    if (result.kind === 'refused') throw new Error(`${request.type}: ${result.refusal.code}`);
  }
};

/** Puts so many loans on record, each lent a month ago and under a mandate, with an installment due today. */
export const lendToTown = async (house: DebitHouse, loans: number): Promise<void> => {
  const first = Array.from({ length: Math.ceil(loans / LOANS_OF_ONE) }, (_, borrower) => borrower * LOANS_OF_ONE);
  for (let from = 0; from < first.length; from += PEOPLE_AT_ONCE) {
    await Promise.all(first.slice(from, from + PEOPLE_AT_ONCE).map((n) => settle(house, n, loans)));
  }
  for (let from = 0; from < loans; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, loans - from) }, (_, index) => from + index);
    await Promise.all(
      some.flatMap((n) => [
        write(house.log, loanAt(n), lifeOf(n)),
        write(house.log, mandateId(loanAt(n)), mandateOf(n)),
      ]),
    );
  }
};
