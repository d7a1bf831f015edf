export * from './constrain.ts'
export * from './objectpermission.ts'
