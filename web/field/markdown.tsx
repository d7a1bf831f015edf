import { lazy, Suspense } from 'react'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps } from './view.ts'

const Markdown = lazy(async () => ({ default: (await import('../ui/Markdown.tsx')).Markdown }))

/** The first line without its marks. */
export function Cell({ value }: FieldProps) {
  const line = plain(value)
    .split('\n')
    .find(each => each.trim())
  return line ? <>{line.replace(/^[#>*\-\s]+|[*_`]+/g, '')}</> : <None />
}

/** The text as formatted. */
export function Detail({ value }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  return (
    <Suspense fallback={<>{text}</>}>
      <Markdown text={text} />
    </Suspense>
  )
}
