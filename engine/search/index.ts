export { searchTable } from './entry.ts'
export { BadTerm, search, type Found, type SearchLookup } from './find.ts'
export { enterRows, forgetRows, indexRows, reindex } from './index-rows.ts'
