import { deepFrozen, isDeepFrozen } from '.';

test('plain data is frozen with everything in it', () => {
  const data = { a: 1, b: [{ c: 'd' }], e: null };
  expect(isDeepFrozen(data)).toBe(false);
  expect(deepFrozen(data)).toBe(data);
  expect(isDeepFrozen(data)).toBe(true);
  expect(() => data.b.push({ c: 'e' })).toThrow(TypeError);
  expect(() => Object.assign(data.b[0] ?? {}, { c: 'e' })).toThrow(TypeError);
});

test('what is frozen at its top alone is not frozen', () => {
  expect(isDeepFrozen(Object.freeze({ a: [1] }))).toBe(false);
  expect(isDeepFrozen(Object.freeze({ a: 'b' }))).toBe(true);
  expect(isDeepFrozen(undefined)).toBe(true);
});
