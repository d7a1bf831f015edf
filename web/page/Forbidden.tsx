import { Button } from '@mantine/core'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Go } from '../ui/Go.tsx'

/** The user lacks a permission: names which, so that it can be asked for. */
export function Forbidden({ permission, detail }: { permission?: string; detail?: string }) {
  return (
    <EmptyState
      page
      icon="lock"
      title="You may not see this"
      actions={
        <Button component={Go} href="/" variant="default">
          Home
        </Button>
      }
    >
      {detail ?? 'Your permissions do not cover this page.'}
      {permission && (
        <>
          {' '}
          It takes the permission <code>{permission}</code>; an administrator can grant it.
        </>
      )}
    </EmptyState>
  )
}
