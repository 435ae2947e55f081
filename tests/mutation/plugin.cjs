/** Stryker's way to our test runner: TypeScript as jest reads it, then the runner. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const jest = require('../../jest.config.cjs');

const [, options] = Object.values(jest.transform)[0];

const compiled = new Map();
const compile = (filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...options,
    filename,
    swcrc: false,
    sourceMaps: false,
  });
  compiled.set(filename, code);
  return code;
};

// Files are read again and again, and never change while mutants are tried.
require.extensions['.ts'] = (module, filename) => {
  module._compile(compiled.get(filename) ?? compile(filename), filename);
};

const { warmRunner } = require('./warm-runner.ts');

exports.strykerPlugins = [{ kind: 'TestRunner', name: 'warm', factory: warmRunner }];
