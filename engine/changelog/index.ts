export * from './objectchange.ts'
export { pruneChanges, type Retention } from './retention.ts'
