import { useMeta } from '../api/meta.ts'
import { Forbidden } from './Forbidden.tsx'
import { NotFound } from './NotFound.tsx'

/** A path that leads to no list of this user: forbidden, or nothing at all. */
export function Unknown({ path }: { path: string }) {
  const permission = useMeta().closed[path]
  return permission ? <Forbidden permission={permission} /> : <NotFound />
}
