import type { FastifyInstance, FastifyReply } from 'fastify'
import { isImage } from '../field/image.ts'
import { HttpError, sendPage } from '../http/index.ts'
import type { Field } from '../field/index.ts'
import type { Model, Registry } from '../model/index.ts'
import { permissionsOf } from '../permission/index.ts'
import { readPage } from '../query/index.ts'
import { nameParts, pictureTypes } from '../storage/index.ts'
import type { RestOptions } from './context.ts'

/** `/media/…`: uploaded files, for those who may view an object that shows them. */
export function mediaRoutes({ db, registry, config, storage, identify }: RestOptions): (app: FastifyInstance) => void {
  return app => {
    app.get<{ Params: { '*': string } }>('/media/*', async (request, reply) => {
      const path = request.params['*']
      const caller = await identify(request).catch((error: unknown) => {
        if (error instanceof HttpError) return null
        throw error
      })
      if (!caller) return reply.code(403).type('text/plain; charset=utf-8').send('Invalid token')
      request.username = caller.user?.username ?? null
      if (!caller.user && config.LOGIN_REQUIRED) {
        const base = config.BASE_PATH && `/${config.BASE_PATH}`
        return reply.redirect(`${base}/login/?next=${encodeURIComponent(request.originalUrl)}`, 302)
      }
      const permissions = await permissionsOf(db, registry, caller.user, {
        exemptViewPermissions: config.EXEMPT_VIEW_PERMISSIONS,
        defaultPermissions: config.DEFAULT_PERMISSIONS,
      })
      const holders = holdersOf(registry, path)
      const shown = holders.length === 0 || (await anyShows(holders))
      const bytes = shown ? await storage?.read(path) : null
      return bytes ? sendFile(reply, path, bytes) : sendPage(reply, 404, 'There is no such file.')

      async function anyShows(holders: readonly Holder[]): Promise<boolean> {
        for (const { model, field } of holders) {
          const where = permissions.constrain('view', model)
          if (!where) continue
          const query = {
            model: model.name,
            where: { and: [{ path: field, lookup: 'exact', value: path } as const, where] },
            order: [],
            page: { limit: 1, start: 0 },
          }
          if ((await readPage(db, registry, query, ['id'])).rows.length) return true
        }
        return false
      }
    })
  }
}

interface Holder {
  readonly model: Model
  readonly field: string
}

/** The fields whose files lie in the folder that a path leads into. */
const holdersOf = (registry: Registry, path: string): Holder[] =>
  [...registry.models.values()].flatMap(model =>
    Object.entries<Field>(model.fields).flatMap(([field, spec]) =>
      isImage(spec) && path.startsWith(`${spec.options.folder}/`) ? [{ model, field }] : [],
    ),
  )

/** A file was sent by anyone: no browser is to run what is in it. */
const sendFile = (reply: FastifyReply, path: string, bytes: Uint8Array): FastifyReply =>
  reply
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, max-age=3600')
    .type(pictureTypes[nameParts(path)[1]] ?? 'application/octet-stream')
    .send(Buffer.from(bytes))
