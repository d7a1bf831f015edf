export * from './constrain.ts'
export * from './objectpermission.ts'
export { default as objectPermissionRules } from './objectpermission.rules.ts'
