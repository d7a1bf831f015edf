export * from './tag.ts'
export * from './taggeditem.ts'
