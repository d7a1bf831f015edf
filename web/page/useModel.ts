import type { ModelMeta } from '@demarc/engine/meta'
import { useLocation, useParams } from '@tanstack/react-router'
import { modelAtPath, useMeta } from '../api/meta.ts'

/** The model, path and id that the address names. */
export function useAddress(): { path: string; model: ModelMeta | undefined; id: string | undefined } {
  const meta = useMeta()
  const { app, model, id } = useParams({ strict: false }) as { app?: string; model?: string; id?: string }
  const plugin = useLocation({ select: location => location.pathname.startsWith('/plugins/') })
  const path = `${plugin ? '/plugins' : ''}/${app}/${model}/`
  return { path, model: modelAtPath(meta, path), id }
}
