/** What mutants are held against: the schedules' own specifications and laws, and the cases of the conformance. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['**/domain/schedule/**/*.test.ts', '**/tests/conformance/*.test.ts'],
  setupFiles: ['<rootDir>/tests/mutation/first-failure.ts'],
};
