export * from './database.ts'
export * from './literal.ts'
export * from './transaction.ts'
export * from './lock.ts'
