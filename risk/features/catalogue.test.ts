import { CATALOGUE, FEATURE_NAMES, isValueOf, SOURCES } from '.';

describe('the feature catalogue', () => {
  it('has every name once, and says of each what it means', () => {
    expect(new Set(FEATURE_NAMES).size).toBe(CATALOGUE.length);
    for (const { means } of CATALOGUE) expect(means).toMatch(/^[A-Z].*\.$/);
  });

  it('knows neither sex nor nationality, and age for the law only: in no model', () => {
    const names: readonly string[] = FEATURE_NAMES;
    for (const name of ['sex', 'gender', 'nationality', 'foreignWorker', 'maritalStatus', 'job']) {
      expect(names).not.toContain(name);
    }
    expect(CATALOGUE.filter(({ use }) => use === 'eligibility').map(({ name }) => name)).toEqual(['age']);
  });

  it('names the consent that each partner’s features need, and none for what the house knows itself', () => {
    for (const { source, scope } of CATALOGUE) expect(scope !== null).toBe(SOURCES[source].kind === 'partner');
  });

  it.each([
    ['checkingStatus', 'negative', true],
    ['checkingStatus', 'rich', false],
    ['blacklisted', true, true],
    ['blacklisted', 'no', false],
    ['age', 35, true],
    ['age', 35.5, false],
    ['age', -1, false],
    ['fraudScore', 101, false],
    ['installmentShare', 0.2, true],
    ['region', '31', true],
    ['region', 'Shanghai', false],
  ] as const)('%s can be %j: %s', (name, value, can) => {
    expect(isValueOf(name, value)).toBe(can);
  });
});
