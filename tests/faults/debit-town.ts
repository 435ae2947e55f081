import type { DomainEvent } from '../../domain/events';
import {
  addDays,
  applicationId,
  borrowerId,
  businessDate,
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

const LOANS_OF_ONE = 100;
/** Streams that are written at the same time: they share their commits. */
const AT_ONCE = 500;

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

const mandateOf = (n: number): DomainEvent => ({
  type: 'MandateGranted',
  data: {
    ...{ loanId: loanAt(n), borrowerId: borrowerAt(n), number: 1, grantedOn: LENT_ON },
    payer: { cardId: CARD, bank: 'Test Bank', lastFour: '4242' },
    agreement: {
      ...{ perDebit: cny('2000.00'), perMonth: cny('4000.00'), payDays: [20], textVersion: '1', textHash: 'h' },
      ...{ from: LENT_ON, to: addDays(DUE, 365) },
    },
  },
});

const settle = async ({ bus }: DebitHouse, n: number): Promise<void> => {
  const id = borrowerAt(n);
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
  for (let n = 0; n < loans; n += LOANS_OF_ONE) await settle(house, n);
  for (let from = 0; from < loans; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, loans - from) }, (_, index) => from + index);
    await Promise.all(
      some.flatMap((n) => [
        write(house.log, loanAt(n), lifeOf(n)),
        write(house.log, mandateId(loanAt(n)), [mandateOf(n)]),
      ]),
    );
  }
};
