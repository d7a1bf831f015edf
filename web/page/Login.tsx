import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { ApiError, send } from '../api/client.ts'
import { metaQuery } from '../api/meta.ts'
import { ThemeToggle } from '../app/ThemeToggle.tsx'
import { Mark } from '../ui/Mark.tsx'
import styles from './Login.module.css'
import { useGo } from '../ui/Go.tsx'

/** The way in. */
export function Login() {
  const { next } = useSearch({ strict: false }) as { next?: string }
  const goTo = useGo()
  const client = useQueryClient()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const password = useRef<HTMLInputElement>(null)
  useDocumentTitle('Log in · Demarc')

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(undefined)
    try {
      await send('POST', '/ui/login', { username: data.get('username'), password: data.get('password') })
      client.clear()
      await client.fetchQuery(metaQuery)
      goTo(safe(next), true)
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'Something went wrong. Try again.')
      setBusy(false)
      password.current?.select()
    }
  }

  return (
    <main className={styles.root}>
      <div className={styles.theme}>
        <ThemeToggle />
      </div>
      <Lines />
      <form className={styles.card} onSubmit={event => void submit(event)}>
        <div className={styles.brand}>
          <Mark size={40} />
          <h1>Demarc</h1>
          <p>The source of truth of your network</p>
        </div>
        {problem && (
          <Alert color="red" variant="light" role="alert" p="sm">
            {problem}
          </Alert>
        )}
        <TextInput
          label="User name"
          name="username"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          spellCheck={false}
          autoCapitalize="none"
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          ref={password}
        />
        <Button type="submit" size="sm" fullWidth loading={busy}>
          Log in
        </Button>
      </form>
    </main>
  )
}

/** Where to go afterwards: only within Demarc. */
function safe(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/'
}

function Lines() {
  return (
    <svg className={styles.lines} viewBox="0 0 1200 800" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <path d="M600 0v800" strokeDasharray="4 8" />
      {[110, 190, 610, 690].map((y, index) => (
        <g key={y}>
          <path d={`M0 ${y}h${300 + index * 40}l60 ${index < 2 ? 40 : -40}H${1200}`} />
          <circle cx={600} cy={y + (index < 2 ? 40 : -40)} r={4} />
          <circle cx={300 + index * 40} cy={y} r={3} />
        </g>
      ))}
    </svg>
  )
}
