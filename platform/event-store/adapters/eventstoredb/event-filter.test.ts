import fc from 'fast-check';
import { categoryOf } from '../../event-store';
import type { ServerEvent } from './dialect';
import { eventFilter, streamPattern } from './event-filter';

const event = (stream: string, type = 'LoanOpened'): ServerEvent => ({
  id: '00000000-0000-4000-8000-000000000001',
  stream,
  revision: 0n,
  place: { commit: 1n, prepare: 1n },
  type,
  data: {},
  metadata: undefined,
});

/** Few letters, so that names often have something to do with each other. */
const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '(', '\\', ' ', '借'), minLength: 1, maxLength: 3 });
const stream = fc.oneof(
  name,
  fc.tuple(name, name).map(([category, rest]) => `${category}-${rest}`),
);

describe('the filter by category', () => {
  test('means the same at the server as here', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 3 }), stream, (categories, candidate) => {
        const wanted = categories.includes(categoryOf(candidate));
        expect(new RegExp(streamPattern(categories)).test(candidate)).toBe(wanted);
        expect(eventFilter(categories)(event(candidate))).toBe(wanted);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['$ce-loan', 'LoanOpened'],
    ['$$loan-1', '$metadata'],
    ['loan-1', '$>'],
    ['$settings', 'settingsChanged'],
  ])('never lets the server’s own through: %s, %s', (name, type) => {
    expect(eventFilter(undefined)(event(name, type))).toBe(false);
    expect(eventFilter([categoryOf(name)])(event(name, type))).toBe(false);
  });
});
