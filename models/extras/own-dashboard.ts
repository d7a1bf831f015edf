import { HttpError } from '@demarc/engine/http'
import { Answer, endpoint } from '@demarc/engine/model'
import { sql } from 'kysely'

const acts: Readonly<Record<string, string>> = { PUT: 'change', PATCH: 'change', DELETE: 'delete' }

/** `/api/extras/dashboard/`: the start page of whoever asks, as widgets and where they stand. */
export const ownDashboard = endpoint('extras/dashboard', {
  label: 'Dashboard',
  about: 'The start page of the user who asks.',
  methods: ['PUT', 'PATCH', 'DELETE'],
  unlisted: true,
  async run({ db, body, may, write: { request, author } }) {
    const { user } = author
    const method = request?.method ?? 'GET'
    if (!user) throw new HttpError(403, { detail: 'Authentication credentials were not provided.' })
    if (!(await may(acts[method] ?? 'view', 'extras.dashboard')))
      throw new HttpError(403, { detail: 'You do not have permission to perform this action.' })
    if (method === 'DELETE') {
      const gone = await db.rows(sql`delete from extras_dashboard where user_id = ${user.id} returning id`)
      if (gone.length === 0) throw new HttpError(404, { detail: 'Not found.' })
      return new Answer(204, undefined)
    }
    if (method in acts) await keep(user.id, partsIn(await body()))
    const [found] = await db.rows(sql`select layout, config from extras_dashboard where user_id = ${user.id}`)
    return found ?? { layout: null, config: null }

    async function keep(id: number, { layout, config }: Parts): Promise<void> {
      await db.rows(sql`
        insert into extras_dashboard (user_id, layout, config)
        values (${id}, coalesce(${layout}::jsonb, '[]'), coalesce(${config}::jsonb, '{}'))
        on conflict (user_id) do update set
          layout = coalesce(${layout}::jsonb, extras_dashboard.layout),
          config = coalesce(${config}::jsonb, extras_dashboard.config)`)
    }
  },
})

/** What a client sent, as JSON text; null where it left a part out. */
interface Parts {
  readonly layout: string | null
  readonly config: string | null
}

function partsIn(body: unknown): Parts {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new HttpError(400, { __all__: ['Invalid data. Expected a dictionary.'] })
  const given = body as Readonly<Record<string, unknown>>
  const faults = ['layout', 'config'].filter(key => given[key] === null)
  if (faults.length)
    throw new HttpError(400, Object.fromEntries(faults.map(key => [key, ['This field may not be null.']])))
  const textOf = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return { layout: textOf(given['layout']), config: textOf(given['config']) }
}
