export * from './output.ts'
export * from './reader.ts'
