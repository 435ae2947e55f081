export { type ListBook, openLists } from './list-book';
export { type ListDocument, listDocumentSchema } from './list-document';
