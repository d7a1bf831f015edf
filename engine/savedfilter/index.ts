export * from './savedfilter.ts'
