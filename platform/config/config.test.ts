import { readConfig } from '.';

describe('the configuration', () => {
  test('an empty environment is the embedded profile with every role, on loopback', () => {
    const config = readConfig({});
    expect(config.USANCE_HOST).toBe('127.0.0.1');
    expect(config.USANCE_ROLES).toContain('sandbox');
    expect(config.EVENT_STORE_URL).toBeUndefined();
  });

  test('roles are a comma list', () => {
    expect(readConfig({ USANCE_ROLES: 'write-api, read-api' }).USANCE_ROLES).toEqual(['write-api', 'read-api']);
  });

  test('every setting that is wrong is named at once', () => {
    const wrong = { USANCE_PORT: '70000', USANCE_ROLES: 'king', EVENT_STORE_URL: 'https://example.org' };
    expect(() => readConfig(wrong)).toThrow(/USANCE_PORT[\s\S]*USANCE_ROLES[\s\S]*EVENT_STORE_URL/);
  });
});
