import { join } from 'node:path';
import { judged } from './case';
import { readCases } from './sources';

describe('the cases that travel with the house, each by itself', () => {
  it.each(readCases([join(__dirname, 'cases')]).cases)('$tier: $id', (one) => {
    expect(judged(one)).not.toMatchObject({ kind: 'failed' });
  });
});
