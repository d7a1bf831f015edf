export * from './objecttype.ts'
