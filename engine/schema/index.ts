export * from './describe.ts'
export * from './diff.ts'
export * from './migrate.ts'
export * from './check.ts'
