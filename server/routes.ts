import { authRoutes, createIdentify } from '@demarc/engine/auth'
import { importRoutes } from '@demarc/engine/csv'
import type { Database } from '@demarc/engine/database'
import { exportRoutes } from '@demarc/engine/export'
import type { AppOptions } from '@demarc/engine/http'
import { uiRoutes } from '@demarc/engine/meta'
import type { Queue } from '@demarc/engine/job'
import type { Registry } from '@demarc/engine/model'
import { schemaRoutes } from '@demarc/engine/openapi'
import { listingRoutes, mediaRoutes, restRoutes } from '@demarc/engine/rest'
import { folderStorage } from '@demarc/engine/storage'
import { undoRoutes } from '@demarc/engine/undo'
import { mediaFolder, type Config } from './config.ts'

export interface RouteOptions {
  readonly config: Config
  readonly db: Database
  readonly registry: Registry
  /** Where work for workers is put; without, none is taken on. */
  readonly queue?: Queue
}

/** Everything that is served, in one list. */
export function routesOf({ config, db, registry, queue }: RouteOptions): AppOptions['routes'] {
  const storage = folderStorage(mediaFolder(config))
  const options = {
    db,
    registry,
    config,
    storage,
    ...(queue && { queue }),
    identify: createIdentify({ db, config }),
  }
  return [
    restRoutes(options),
    schemaRoutes(registry),
    listingRoutes(options),
    mediaRoutes(options),
    authRoutes(options),
    uiRoutes(options),
    importRoutes(options),
    exportRoutes(options),
    undoRoutes(options),
  ]
}
