/** Who may import whom: design rules as code. Data flows one way, and no room reaches into another's internals. */

const ROOMS = [
  'domain',
  'commands',
  'sagas',
  'projections',
  'write-api',
  'read-api',
  'risk',
  'gateways',
  'platform',
  'simulation',
  'training',
];
const TESTS = '(\\.test\\.ts$|\\.contract\\.ts$)';

const only = (room, allowed, comment) => ({
  name: `${room}-imports`,
  comment,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: TESTS },
  to: { path: '^[a-z-]+/', pathNot: [`^(${[room, ...allowed].join('|')})/`, '^node_modules/'] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('domain', [], 'The domain is pure and knows only itself.'),
    only('platform', [], 'The platform knows nothing of lending.'),
    only('risk', ['domain', 'platform'], ''),
    only('commands', ['domain', 'platform'], ''),
    only('gateways', ['domain', 'platform'], ''),
    only('sagas', ['domain', 'commands', 'gateways', 'risk', 'platform'], ''),
    only(
      'projections',
      ['domain', 'risk', 'platform'],
      'What a decision will look up is kept the way it is looked at.',
    ),
    only('write-api', ['domain', 'commands', 'platform'], 'The way in never looks at read models.'),
    only('read-api', ['domain', 'projections', 'platform'], 'The way out never gives commands.'),
    only('simulation', ['domain', 'platform'], 'The simulated people and clock; what drives them sits in app.'),
    only(
      'training',
      ['domain', 'risk', 'simulation', 'platform'],
      'Models are made apart from what decides with them.',
    ),
    {
      name: 'domain-packages',
      comment: 'The domain imports zod, decimal.js and itself: no I/O, no clock, no chance.',
      severity: 'error',
      from: { path: '^domain/', pathNot: TESTS },
      to: { dependencyTypesNot: ['local'], path: '.', pathNot: ['^domain/', 'node_modules/(zod|decimal\\.js)/'] },
    },
    {
      name: 'nobody-imports-app',
      severity: 'error',
      from: { pathNot: '^(app|tests|bench)/' },
      to: { path: '^app/' },
    },
    {
      name: 'adapters-only-from-app',
      comment: 'Other rooms see the ports; which adapter stands behind one is decided in the composition root.',
      severity: 'error',
      from: { pathNot: `^(app|tests|bench)/|/adapters/|${TESTS}` },
      to: { path: '^(platform|gateways)/.*/adapters/', pathNot: [] },
    },
    {
      name: 'tsyringe-only-in-app',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: 'node_modules/tsyringe/' },
    },
    ...ROOMS.map((room) => ({
      name: `${room}-face`,
      comment: 'A room shows its face in index.ts.',
      severity: 'error',
      from: { pathNot: `^(${room}|app|tests|bench)/` },
      to: {
        path: `^${room}/`,
        pathNot: [`^${room}/[^/]+\\.ts$`, `^${room}/[^/]+/index\\.ts$`, TESTS],
      },
    })),
    ...ROOMS.map((room) => ({
      name: `${room}-folders`,
      comment: 'Inside a room, a folder is entered through its index.ts too.',
      severity: 'error',
      from: { path: `^${room}/([^/]+)/`, pathNot: TESTS },
      to: { path: `^${room}/[^/]+/`, pathNot: [`^${room}/$1/`, `^${room}/[^/]+/index\\.ts$`] },
    })),
    {
      name: 'product-without-tests',
      comment: 'What runs in production stands on nothing that only tests, benchmarks and the linter have.',
      severity: 'error',
      from: { pathNot: `^(tests|bench|lint)/|${TESTS}|\\.child\\.ts$` },
      to: { path: `^(tests|bench|lint)/|${TESTS}|\\.child\\.ts$` },
    },
    {
      name: 'product-without-development-packages',
      severity: 'error',
      from: { pathNot: `^(tests|bench|lint)/|${TESTS}|\\.child\\.ts$|/contract/` },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
