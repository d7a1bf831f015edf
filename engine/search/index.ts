export * from './cachedvalue.ts'
