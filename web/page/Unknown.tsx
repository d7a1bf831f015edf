import { useQuery } from '@tanstack/react-query'
import { ApiError, get } from '../api/client.ts'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import { Forbidden } from './Forbidden.tsx'
import { NotFound } from './NotFound.tsx'

/** A path that the meta does not have: asks REST whether it is forbidden or does not exist. */
export function Unknown({ path }: { path: string }) {
  const { isPending, error } = useQuery({
    queryKey: ['unknown', path],
    queryFn: ({ signal }) => get<unknown>(`/api${path}?limit=1&fields=id`, signal),
    retry: false,
  })
  if (isPending) return <PageSkeleton />
  if (error instanceof ApiError && error.status === 403) return <Forbidden detail={error.message} />
  return <NotFound />
}
