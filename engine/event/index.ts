export * from './eventrule.ts'
export * from './webhook.ts'
