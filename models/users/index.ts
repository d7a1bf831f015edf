export { Group, Owner, OwnerGroup, Token, User, UserConfig } from '@demarc/engine/auth'
export { ObjectPermission } from '@demarc/engine/permission'
