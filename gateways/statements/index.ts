export { type StatementFormat, statementFormatSchema } from './format';
export { readStatement, type StatementRead } from './read-statement';
