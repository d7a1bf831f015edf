import { lazy, Suspense } from 'react'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** Formatted text. */
export const markdown: FieldView = { Cell, Detail }

const Markdown = lazy(async () => ({ default: (await import('../ui/Markdown.tsx')).Markdown }))

function Cell({ value }: FieldProps) {
  const line = plain(value)
    .split('\n')
    .find(each => each.trim())
  return line ? <>{line.replace(/^[#>*\-\s]+|[*_`]+/g, '')}</> : <None />
}

function Detail({ value }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  return (
    <Suspense fallback={<>{text}</>}>
      <Markdown text={text} />
    </Suspense>
  )
}
