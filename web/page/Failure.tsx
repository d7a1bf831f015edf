import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { ApiError } from '../api/client.ts'
import { EmptyState } from '../ui/EmptyState.tsx'

/** Something broke: what, and how to go on. */
export function Failure({ error, reset }: { error: unknown; reset?: () => void }) {
  const router = useRouter()
  const again = () => {
    reset?.()
    void router.invalidate()
  }
  const offline = error instanceof ApiError && error.status === 0
  return (
    <EmptyState
      page
      icon={offline ? 'cloud' : 'activity'}
      title={offline ? 'No connection to the server' : 'This page could not be shown'}
      actions={
        <Button onClick={again} variant="default">
          Try again
        </Button>
      }
    >
      {error instanceof Error ? error.message : String(error)}
    </EmptyState>
  )
}
