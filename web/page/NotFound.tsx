import { Button } from '@mantine/core'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Go } from '../ui/Go.tsx'

/** There is nothing at this address, or nothing that this user may see. */
export function NotFound({ what, back }: { what?: string; back?: { href: string; label: string } }) {
  return (
    <EmptyState
      page
      icon="map"
      title={what ? `There is no such ${what}` : 'There is nothing at this address'}
      actions={
        <>
          {back && (
            <Button component={Go} href={back.href} variant="default">
              {back.label}
            </Button>
          )}
          <Button component={Go} href="/" variant={back ? 'subtle' : 'default'}>
            Home
          </Button>
        </>
      }
    >
      {what
        ? 'It may have been deleted, or your permissions do not cover it.'
        : 'The address may be mistyped, or the page may have moved. Press Ctrl-K to look for it.'}
    </EmptyState>
  )
}
