import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { send } from '../api/client.ts'

/** Logs out, forgets everything that was loaded, and shows the login page. */
export function useLogout(): () => void {
  const client = useQueryClient()
  const router = useRouter()
  return useCallback(() => {
    void send('POST', '/ui/logout').finally(() => {
      router.history.push('/login/')
      client.clear()
    })
  }, [client, router])
}
