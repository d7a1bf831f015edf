export * from './user.ts'
export * from './group.ts'
export * from './token.ts'
export * from './owner.ts'
export * from './ownergroup.ts'
export * from './userconfig.ts'
export { nobody, type Caller, type Identity } from './caller.ts'
export type { AuthConfig } from './config.ts'
export { changePassword, createSuperuser, findAccount, isUsername, type Account, type NewAccount } from './account.ts'
export { checkPassword, hashPassword, unusablePassword, verifyPassword } from './password.ts'
export {
  createToken,
  MintError,
  mintToken,
  type CreatedToken,
  type MintedToken,
  type NewToken,
  type Peppers,
} from './mint.ts'
export { beginSession, dropExpiredSessions, endSession, sessionTable } from './session.ts'
export { authenticate } from './authenticate.ts'
export { createIdentify, type IdentifyOptions } from './identify.ts'
export { authRoutes, type AuthRoutesOptions } from './routes.ts'
export { default as tokenRules } from './token.rules.ts'
export { default as userRules } from './user.rules.ts'
