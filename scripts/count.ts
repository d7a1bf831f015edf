import type { TestEvent } from 'node:test/reporters'

/** A reporter of `node --test` that writes how many tests passed and how many failed, suites aside. */
export default async function* count(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0
  let failed = 0
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    if (event.data.details?.type === 'suite') continue
    if (event.data.skip !== undefined || event.data.todo !== undefined) continue
    if (event.type === 'test:pass') passed++
    else failed++
  }
  yield `${passed} ${failed}\n`
}
