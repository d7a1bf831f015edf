export * from './eventrule.ts'
export * from './webhook.ts'
export * from './eventtype.ts'
