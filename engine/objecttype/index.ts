export * from './objecttype.ts'
export * from './numbers.ts'
