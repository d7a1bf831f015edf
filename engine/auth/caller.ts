/** Who makes a request. */
export interface Identity {
  readonly id: number
  readonly username: string
  readonly superuser: boolean
}

/** Whoever makes a request, and by what right; `user` is null for nobody. */
export interface Caller {
  readonly user: Identity | null
  readonly via: 'session' | 'token' | 'remote' | 'job' | 'nobody'
  /** Whether a token allows more than reading; true where there is no token. */
  readonly writes: boolean
}

export const nobody: Caller = { user: null, via: 'nobody', writes: false }
