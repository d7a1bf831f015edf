export * from './objectchange.ts'
