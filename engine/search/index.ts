export { searchTable } from './entry.ts'
export { search, type Found, type SearchLookup } from './find.ts'
export { forgetRows, indexRows, reindex } from './index-rows.ts'
