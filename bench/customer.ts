import type { CommandRequest } from '../commands';
import { CONSENT_SCOPES } from '../domain/borrower';
import {
  type Actor,
  type BorrowerId,
  blindIndexSchema,
  borrowerId,
  creditLineId,
  instantAt,
  Personal,
} from '../domain/kernel';
import { nameOf } from './support';
import { HOUSE, LENT_ON, morningOf, sha256 } from './town';

export interface Customer {
  readonly n: number;
  readonly id: BorrowerId;
  readonly actor: Actor;
  readonly cardId: string;
}

/** Somebody, the same in every run. */
export const customerOf = (n: number): Customer => {
  const id = borrowerId(nameOf(`borrower ${n}`));
  return { n, id, actor: { kind: 'borrower', id }, cardId: nameOf(`card ${n}`) };
};

export const consentOf = (n: number, scope: string): string => nameOf(`consent ${n} to ${scope}`);

export interface Step {
  readonly request: CommandRequest;
  readonly actor: Actor;
}

/** All that makes somebody a customer who can apply, step by step. */
export const becomingCustomer = ({ n, id, actor, cardId }: Customer): readonly Step[] => {
  const index = (of: string) => blindIndexSchema.parse(nameOf(`${of} ${n}`));
  const personal = { name: `Zhang San ${n}`, idNumber: `31010119900307${n}`, phone: `138${10_000_000 + n}` };
  return [
    {
      actor: { kind: 'partner', id: 'bench' },
      request: {
        type: 'RegisterBorrower',
        data: {
          borrowerId: id,
          name: Personal.of(personal.name),
          idNumber: Personal.of(personal.idNumber),
          phone: Personal.of(personal.phone),
          birthDate: Personal.of('1990-03-07'),
          idNumberIndex: index('id-number'),
          phoneIndex: index('phone'),
          region: '31',
        },
      },
    },
    ...CONSENT_SCOPES.map((scope): Step => {
      const text = { purpose: `I agree to ${scope}.`, textVersion: '2026-01', textHash: sha256(scope) };
      const data = { borrowerId: id, consentId: consentOf(n, scope), scope, ...text, channel: 'app' } as const;
      return { actor, request: { type: 'GrantConsent', data } };
    }),
    {
      actor: HOUSE,
      request: {
        type: 'RecordIdentityCheck',
        data: {
          borrowerId: id,
          provider: 'bench',
          reference: `check-${n}`,
          result: 'match',
          checkedAt: instantAt(morningOf(LENT_ON)),
        },
      },
    },
    {
      actor,
      request: {
        type: 'BindBankCard',
        data: {
          borrowerId: id,
          cardId,
          cardNumber: Personal.of(`622200${String(n).padStart(13, '0')}`),
          cardIndex: index('card'),
          bank: 'Test Bank',
          lastFour: '4242',
        },
      },
    },
    {
      actor: HOUSE,
      request: {
        type: 'OpenCreditLine',
        data: { creditLineId: creditLineId(id), borrowerId: id, limit: { amount: '50000.00', currency: 'CNY' } },
      },
    },
  ];
};
