import { boolean, choice, choices, ref, smallint, text } from '../field/index.ts'
import { model, recorded, tagged, type RowOf } from '../model/index.ts'

export const WebhookHttpMethod = choices('WebhookHttpMethod', {
  GET: ['GET'],
  POST: ['POST'],
  PUT: ['PUT'],
  PATCH: ['PATCH'],
  DELETE: ['DELETE'],
})

export const Webhook = model('extras.webhook', {
  label: 'webhook',
  about: 'An HTTP request sent when an event rule says so.',
  features: [...recorded, 'custom_fields', 'export_templates', 'tags'],

  fields: {
    name: text({ unique: true, max: 150 }),
    description: text({ blank: true, default: '', max: 200 }),
    payload_url: text({
      label: 'URL',
      help: 'This URL will be called using the HTTP method defined when the webhook is called. Must be http:// or https://. Jinja2 template processing is supported (with the same context as the request body) for part or all of the URL.',
      max: 500,
      filter: { plain: true },
    }),
    http_method: choice(WebhookHttpMethod, { default: 'POST', bare: true, label: 'HTTP method', max: 30 }),
    http_content_type: text({ default: 'application/json', label: 'HTTP content type', max: 100 }),
    additional_headers: text({ blank: true, default: '', filter: false }),
    body_template: text({ blank: true, default: '', filter: false }),
    secret: text({ blank: true, default: '', max: 255 }),
    ssl_verification: boolean({
      default: true,
      label: 'SSL verification',
      help: 'Enable SSL certificate verification. Disable with caution!',
    }),
    ca_file_path: text({
      nullable: true,
      label: 'CA File Path',
      help: 'The specific CA certificate file to use for SSL verification. Leave blank to use the system defaults.',
      max: 4096,
    }),
    timeout: smallint({
      nullable: true,
      help: 'The maximum time (in seconds) to wait for a response before failing the request. Leave blank to use the system default (60 seconds).',
      min: 1,
      max: 3600,
    }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    ...tagged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'payload_url'],
  search: { name: 100, description: 500 },
  brief: ['name', 'description'],

  file: {
    table: {
      first: ['name', 'http_method', 'payload_url', 'description'],
      more: [
        'id',
        'http_content_type',
        'secret',
        ['ssl_verification', 'SSL Verification'],
        'ca_file_path',
        ['timeout', 'Timeout (sec)'],
        'tags',
        'created',
        'last_updated',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'webhook',
    columns: ['name', 'http_method', 'payload_url', 'description'],
    form: {
      Webhook: ['name', 'description', 'tags'],
      'HTTP Request': [
        'payload_url',
        'http_method',
        'http_content_type',
        'additional_headers',
        'body_template',
        'secret',
        'timeout',
      ],
      SSL: ['ssl_verification', 'ca_file_path'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_webhook: RowOf<typeof Webhook>
  }
}
