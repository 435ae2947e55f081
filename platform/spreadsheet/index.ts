export { type Cell, type ColumnKind, type Table, workbookOf } from './xlsx';
