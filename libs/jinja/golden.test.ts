import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { Environment, TemplateError, type EnvironmentOptions } from './index.ts'

interface Case {
  readonly source: string
  readonly options?: EnvironmentOptions
  readonly output?: string
  readonly error?: string
  readonly message?: string
  readonly line?: number
}

/** Written by fixtures/golden.py with Jinja2 itself. */
const golden = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'fixtures/golden.json'), 'utf8')) as {
  context: Record<string, unknown>
  templates: Record<string, string>
  cases: Case[]
}

/** An integer that JSON.parse cannot hold. */
const context = { ...golden.context, big: 12345678901234567890n }

async function outcome({ source, options }: Case): Promise<Partial<Case>> {
  const environment = new Environment({
    ...options,
    extensions: ['do', 'loopcontrols'],
    loader: name => golden.templates[name] ?? null,
  })
  try {
    return { output: await environment.render(source, structuredClone(context)) }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { error: error.type, message: error.message, line: error.line! }
  }
}

describe('as Jinja2', () => {
  for (const wanted of golden.cases) {
    const title = JSON.stringify(wanted.source) + (wanted.options ? ` ${JSON.stringify(wanted.options)}` : '')
    test(title, async () => {
      const found = await outcome(wanted)
      if (wanted.error === undefined) return assert.deepEqual(found, { output: wanted.output })
      assert.equal(found.error, wanted.error, `${wanted.message}; got ${found.output ?? found.message}`)
      if (wanted.error === 'UndefinedError') assert.equal(found.message, wanted.message)
      if (wanted.line !== undefined) assert.equal(found.line, wanted.line)
    })
  }
})
