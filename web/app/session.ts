import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { send } from '../api/client.ts'
import { useGo } from '../ui/Go.tsx'

/** Logs out, forgets everything that was loaded, and shows the login page. */
export function useLogout(): () => void {
  const client = useQueryClient()
  const goTo = useGo()
  return useCallback(() => {
    void send('POST', '/ui/logout').finally(() => {
      goTo('/login/')
      client.clear()
    })
  }, [client, goTo])
}
