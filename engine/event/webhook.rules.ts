import { rules } from '../model/index.ts'
import { Webhook } from './webhook.ts'

/** Seconds that a background job may take. */
const jobTimeout = 300

export default rules(Webhook, {
  check: {
    'a webhook calls over HTTP': ({ row, changed, fail }) => {
      if (!changed('payload_url')) return
      const url = row['payload_url'] as string
      const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
      const wrong = /\{[{%]/.test(url) ? Boolean(scheme) && !isHttp(scheme) : !isHttp(scheme) || !hasHost(url)
      if (wrong) fail('payload_url', 'Enter a valid URL, beginning with http:// or https://.')
    },
    'a certificate authority is only named where certificates are checked': ({ row, fail }) => {
      if (!row['ssl_verification'] && row['ca_file_path'])
        fail('ca_file_path', 'Do not specify a CA certificate file if SSL verification is disabled.')
    },
    'a webhook gives up before its job is ended': ({ row, fail }) => {
      if (row['timeout'] !== null && row['timeout'] >= jobTimeout)
        fail('timeout', `Timeout must be less than the background job timeout (${jobTimeout} seconds).`)
    },
  },
})

const isHttp = (scheme: string | undefined) => scheme === 'http' || scheme === 'https'
const hasHost = (url: string) => /^https?:\/\/[^/?#\s]/i.test(url) && URL.canParse(url)
