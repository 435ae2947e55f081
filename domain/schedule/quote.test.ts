import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { arbitraryLoan } from '../../tests/support/arbitrary-terms';
import { sampleTerms } from '../../tests/support/offerings';
import { businessDate, moneyOf } from '../kernel';
import { figuresText, quoteOf, quoteSchema, scheduleFor, scheduleSchema, type Terms } from '.';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const principal = moneyOf(100_000n, 'CNY');
const day = businessDate('2026-01-31');
const quote = quoteOf(sampleTerms, principal, 3, day, sha256);

describe('a quote', () => {
  it('says what it costs in all, with the whole plan', () => {
    expect(quoteSchema.parse(quote)).toEqual(quote);
    expect(quote).toMatchObject({
      principal: { amount: '1000.00', currency: 'CNY' },
      termMonths: 3,
      terms: sampleTerms,
      allInRate: '0.268794',
      schedule: scheduleFor(sampleTerms, principal, 3, day),
    });
  });

  it('is sealed by the hash of its figures, whose text is part of every contract and never changes', () => {
    expect(figuresText(quote)).toBe(
      [
        'usance-quote-1',
        'principal 1000.00 CNY',
        'term 3 months',
        'interest declining-balance equal-installments 30/360 0.18',
        'origination-fee 0.01',
        'penalty 0.27 after 3 days',
        'rounding HALF_EVEN',
        'all-in 0.268794',
        '1 328.38 15.00 10.00 353.38 671.62',
        '2 333.31 10.07 0.00 343.38 338.31',
        '3 338.31 5.07 0.00 343.38 0.00',
        'total 1000.00 30.14 10.00 1040.14',
        '',
      ].join('\n'),
    );
    expect(quote.quoteHash).toBe(sha256(figuresText(quote)));
  });

  it('has the same hash on whatever day it is disbursed: quote, contract and booking carry one hash (I-13)', () => {
    fc.assert(
      fc.property(arbitraryLoan, ({ terms, principal: sum, termMonths }) => {
        const quoted = quoteOf(terms, sum, termMonths, day, sha256);
        const booked = quoteOf(terms, sum, termMonths, businessDate('2027-02-28'), sha256);
        expect(booked.quoteHash).toBe(quoted.quoteHash);
        expect(booked.allInRate).toBe(quoted.allInRate);
      }),
    );
  });

  it.each<[string, (terms: Terms) => Terms]>([
    ['rate', (terms) => ({ ...terms, interest: { ...terms.interest, ratePerYear: '0.180001' } })],
    ['fee', (terms) => ({ ...terms, fee: { originationRate: '0.02' } })],
    ['penalty', (terms) => ({ ...terms, penalty: { ...terms.penalty, ratePerYear: '0.28' } })],
    ['grace', (terms) => ({ ...terms, penalty: { ...terms.penalty, graceDays: 4 } })],
    ['rounding', (terms) => ({ ...terms, rounding: 'UP' })],
  ])('with another %s has another hash', (_what, change) => {
    expect(quoteOf(change(sampleTerms), principal, 3, day, sha256).quoteHash).not.toBe(quote.quoteHash);
  });

  it('for another sum or term has another hash', () => {
    expect(quoteOf(sampleTerms, moneyOf(100_001n, 'CNY'), 3, day, sha256).quoteHash).not.toBe(quote.quoteHash);
    expect(quoteOf(sampleTerms, principal, 4, day, sha256).quoteHash).not.toBe(quote.quoteHash);
  });

  it.each([quoteSchema, scheduleSchema])('has one shape in JSON Schema, in and out', (schema) => {
    expect(z.toJSONSchema(schema, { io: 'output' })).toEqual(z.toJSONSchema(schema, { io: 'input' }));
  });
});
