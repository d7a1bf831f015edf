/** The settings that concern who asks, by the names administrators of NetBox know them by. */
export interface AuthConfig {
  readonly BASE_PATH: string
  readonly HTTP_CLIENT_IP_HEADERS: readonly string[]
  readonly LOGIN_TIMEOUT: number
  readonly LOGIN_PERSISTENCE: boolean
  readonly LOGOUT_REDIRECT_URL: string
  readonly SESSION_COOKIE_NAME: string
  readonly SESSION_COOKIE_SECURE: boolean
  readonly CSRF_COOKIE_NAME: string
  readonly CSRF_COOKIE_SECURE: boolean
  readonly CSRF_TRUSTED_ORIGINS: readonly string[]
  readonly API_TOKEN_PEPPERS: Readonly<Record<string, string>>
  readonly DEFAULT_USER_PREFERENCES: Readonly<Record<string, unknown>>
  readonly REMOTE_AUTH_ENABLED: boolean
  readonly REMOTE_AUTH_HEADER: string
  readonly REMOTE_AUTH_USER_EMAIL: string
  readonly REMOTE_AUTH_USER_FIRST_NAME: string
  readonly REMOTE_AUTH_USER_LAST_NAME: string
  readonly REMOTE_AUTH_AUTO_CREATE_USER: boolean
  readonly REMOTE_AUTH_AUTO_CREATE_GROUPS: boolean
  readonly REMOTE_AUTH_DEFAULT_GROUPS: readonly string[]
  readonly REMOTE_AUTH_DEFAULT_PERMISSIONS: Readonly<Record<string, unknown>>
  readonly REMOTE_AUTH_GROUP_SYNC_ENABLED: boolean
  readonly REMOTE_AUTH_GROUP_HEADER: string
  readonly REMOTE_AUTH_GROUP_SEPARATOR: string
  readonly REMOTE_AUTH_SUPERUSERS: readonly string[]
  readonly REMOTE_AUTH_SUPERUSER_GROUPS: readonly string[]
}
