export * from './objectchange.ts'
export type { Entry } from './record.ts'
export { pruneChanges, type Retention } from './retention.ts'
