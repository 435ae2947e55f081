import { z } from 'zod';
import { deepFrozen } from '../domain/kernel';
import { parserOf } from './known-parts';

const schema = z.strictObject({ id: z.string().min(2), terms: z.strictObject({ rate: z.string() }).optional() });

const counting = () => {
  let seen = 0;
  const counted = schema.extend({
    terms: z
      .strictObject({ rate: z.string() })
      .refine(() => {
        seen += 1;
        return true;
      })
      .optional(),
  });
  return { parse: parserOf(counted, (parsed) => parsed as object), seen: () => seen };
};

const parse = parserOf(schema, (parsed) => parsed as object);

test('what is frozen through is looked through once', () => {
  const { parse: parseCounted, seen } = counting();
  const terms = deepFrozen({ rate: '0.12' });
  expect(parseCounted({ id: 'a1', terms })).toEqual({ id: 'a1', terms: { rate: '0.12' } });
  expect(parseCounted({ id: 'a2', terms })).toEqual({ id: 'a2', terms: { rate: '0.12' } });
  expect(seen()).toBe(1);
});

test('the rest is checked each time, and nothing may stand beside it', () => {
  const terms = deepFrozen({ rate: '0.12' });
  expect(parse({ id: 'a1', terms })).toEqual({ id: 'a1', terms });
  expect(parse({ id: 'a2', terms })).toEqual({ id: 'a2', terms });
  expect(() => parse({ id: 'a', terms })).toThrow(z.ZodError);
  expect(() => parse({ id: 'a3', terms, more: 1 })).toThrow(z.ZodError);
  expect(() => parse({ terms })).toThrow(z.ZodError);
});

test('what is frozen and wrong is wrong each time, and so is what may still change', () => {
  const wrong = deepFrozen({ rate: 12 });
  for (let time = 0; time < 2; time += 1) expect(() => parse({ id: 'a1', terms: wrong })).toThrow(z.ZodError);
  const terms: { rate: unknown } = { rate: '0.12' };
  expect(parse({ id: 'a1', terms })).toEqual({ id: 'a1', terms: { rate: '0.12' } });
  terms.rate = 12;
  expect(() => parse({ id: 'a1', terms })).toThrow(z.ZodError);
});
