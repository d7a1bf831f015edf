export * from './folder.ts'
export * from './storage.ts'
export * from './upload.ts'
