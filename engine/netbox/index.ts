export * from './takeover.ts'
export { leftOut, tableMappings, purposeOf, type TableMapping } from './mapping.ts'
export { storeObjectTypes, storeRows, type Conversion, type SourceRow } from './store.ts'
