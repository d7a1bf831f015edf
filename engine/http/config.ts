/** The settings that concern HTTP, by the names they have for operators. */
export interface HttpConfig {
  readonly BASE_PATH: string
  readonly ALLOWED_HOSTS: readonly string[]
  readonly CORS_ORIGIN_ALLOW_ALL: boolean
  readonly CORS_ORIGIN_WHITELIST: readonly string[]
  readonly CORS_ORIGIN_REGEX_WHITELIST: readonly string[]
  readonly DATA_UPLOAD_MAX_MEMORY_SIZE: number
  readonly FILE_UPLOAD_MAX_MEMORY_SIZE: number
  readonly HTTP_CLIENT_IP_HEADERS: readonly string[]
  readonly METRICS_ENABLED: boolean
  readonly SECURE_HSTS_SECONDS: number
  readonly SECURE_HSTS_INCLUDE_SUBDOMAINS: boolean
  readonly SECURE_HSTS_PRELOAD: boolean
  readonly SECURE_SSL_REDIRECT: boolean
}
