import type { Action } from '@demarc/engine/model'

/** Endpoints of single rows beyond reading and changing them. */
export const actions: readonly Action[] = []
