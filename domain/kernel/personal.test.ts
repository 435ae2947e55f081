import { inspect } from 'node:util';
import { z } from 'zod';
import { Personal, personalFields, personalSchema } from '.';

const CLEAR = '11010519491231002X';

describe('a personal value', () => {
  const value = Personal.of(CLEAR);

  it('shows itself only when it is asked to', async () => {
    await expect(value.reveal()).resolves.toBe(CLEAR);
  });

  it.each([
    ['a template', (personal: Personal) => `${personal}`],
    ['a concatenation', (personal: Personal) => `id: ${String(personal)}`],
    ['JSON', (personal: Personal) => JSON.stringify({ personal })],
    ['a debugger', (personal: Personal) => inspect({ personal }, { depth: 10, showHidden: true })],
    ['an error', (personal: Personal) => String(new Error(`cannot verify ${personal}`))],
    ['its own keys', (personal: Personal) => JSON.stringify(Object.entries(personal))],
    ['a copy', (personal: Personal) => JSON.stringify({ ...personal })],
  ])('does not show in %s', (_where, show) => {
    expect(show(value)).not.toContain(CLEAR);
  });

  it('prints as a mask', () => {
    expect(`${value}`).toBe('•••');
    expect(JSON.stringify([value])).toBe('["•••"]');
  });

  it('that is sealed opens when it is asked, and gives nothing once its key is gone', async () => {
    const keys = new Map([['person', CLEAR]]);
    const sealed = Personal.sealed(() => Promise.resolve(keys.get('person')));
    await expect(sealed.reveal()).resolves.toBe(CLEAR);
    keys.delete('person');
    await expect(sealed.reveal()).resolves.toBeUndefined();
  });

  it('is told from look-alikes at the border', () => {
    expect(personalSchema.safeParse(value).success).toBe(true);
    expect(personalSchema.safeParse(CLEAR).success).toBe(false);
    expect(personalSchema.safeParse({ reveal: () => CLEAR }).success).toBe(false);
  });

  it('is found in a schema by its mark', () => {
    const schema = z.strictObject({ name: personalSchema, phone: personalSchema.optional(), region: z.string() });
    expect(personalFields(schema)).toEqual(['name', 'phone']);
    expect(personalFields(z.string())).toEqual([]);
  });
});
