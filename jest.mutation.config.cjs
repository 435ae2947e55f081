/** What mutants are held against: the schedules' own specifications and laws, and the cases of the conformance. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('./jest.config.cjs'),
  // The fewer files there are to look through, the sooner a mutant is caught: this is done once for each.
  roots: ['<rootDir>/domain', '<rootDir>/tests/conformance', '<rootDir>/tests/mutation'],
  testMatch: ['**/domain/schedule/**/*.test.ts', '**/tests/conformance/own-cases.test.ts'],
  setupFiles: ['<rootDir>/tests/mutation/first-failure.ts'],
  watchman: false,
};
