import { datetime, json, markdown, ref, slug, stored, tags, text } from '../field/index.ts'

const owner = ref('users.owner', { nullable: true, inverse: '+' })
const description = text({ max: 200, blank: true, default: '' })
const comments = markdown({ blank: true, default: '', filter: false })
const custom_fields = json<Record<string, unknown>>({ default: {} })

/** When a row came to be and last changed; every change of it is logged. */
export const logged = {
  created: datetime({ nullable: true, readonly: true }),
  last_updated: datetime({ nullable: true, readonly: true }),
} as const

/** The fields of an object that can be tagged and given custom fields. */
export const tagged = { tags: tags(), custom_fields, ...logged } as const

/** The fields every ordinary object has. */
export const primary = { description, owner, comments, ...tagged } as const

/** The fields of a simple kind of thing, as a role or a type. */
export const organizational = {
  name: text({ max: 100, unique: true }),
  slug: slug({ unique: true }),
  ...primary,
} as const

/** What makes the rows of a model a tree. The engine keeps both paths: ids, and names, from the root down. */
export const tree = {
  path: stored<string>('ltree'),
  sort_path: stored<string>('text'),
} as const
