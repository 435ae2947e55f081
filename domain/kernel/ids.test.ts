import {
  applicationId,
  blindIndexSchema,
  borrowerId,
  borrowerIdSchema,
  businessDate,
  creditLineId,
  identityId,
  keyOf,
  ledgerId,
  loanId,
  loanIdSchema,
  payoutId,
  reconciliationId,
} from '.';

describe('ids', () => {
  it('name the stream, and say what it is about before the first "-"', () => {
    expect(borrowerId('7k2m')).toBe('borrower-7k2m');
    expect(identityId(blindIndexSchema.parse('a'.repeat(26)))).toBe(`identity-${'a'.repeat(26)}`);
    expect(reconciliationId('channel-a', businessDate('2026-11-22'))).toBe('reconciliation-channel-a-2026-11-22');
  });

  it('of what belongs together share one key, so that none has to be looked up', () => {
    const application = applicationId('4q2m');
    const loan = loanId(application);
    expect([loan, payoutId(loan), ledgerId(loan)]).toEqual(['loan-4q2m', 'payout-4q2m', 'ledger-4q2m']);
    expect(creditLineId(borrowerId('7k2m'))).toBe('creditline-7k2m');
    expect(keyOf(reconciliationId('channel-a', businessDate('2026-11-22')))).toBe('channel-a-2026-11-22');
  });

  it.each(['borrower-', 'borrower', 'loan-7k2m', 'borrower-7K2M', 'borrower-a b', `borrower-${'a'.repeat(65)}`, ''])(
    '"%s" is no borrower',
    (text) => expect(borrowerIdSchema.safeParse(text).success).toBe(false),
  );

  it('of one kind are not of another', () => {
    expect(loanIdSchema.safeParse(borrowerId('7k2m')).success).toBe(false);
  });

  it('never hold a clear value where a blind index belongs', () => {
    expect(blindIndexSchema.safeParse('11010519491231002X').success).toBe(false);
    expect(blindIndexSchema.safeParse('13800138000').success).toBe(false);
  });
});
