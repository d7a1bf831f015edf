export * from './savedfilter.ts'
export { default as savedFilterRules } from './savedfilter.rules.ts'
