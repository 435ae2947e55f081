export { type Table, workbookOf } from './xlsx';
