/** Stryker's way to our test runner: TypeScript as jest reads it, then the runner. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const jest = require('../../jest.config.cjs');

const [, options] = Object.values(jest.transform)[0];

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...options,
    filename,
    swcrc: false,
    sourceMaps: false,
  });
  module._compile(code, filename);
};

const { warmRunner } = require('./warm-runner.ts');

exports.strykerPlugins = [{ kind: 'TestRunner', name: 'warm', factory: warmRunner }];
