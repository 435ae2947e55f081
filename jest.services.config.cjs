/** The distributed suites; `npm run test:services` brings their servers up and runs each against them. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/tests/services/*.services.ts'],
  testTimeout: 120_000,
};
