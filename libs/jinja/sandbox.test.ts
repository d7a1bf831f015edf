import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Callable, Environment, Exposed, TemplateError, type EnvironmentOptions } from './index.ts'

const render = (source: string, context: Record<string, unknown> = {}, options: EnvironmentOptions = {}) =>
  new Environment(options).render(source, context)

const fails = (source: string, type: string, options: EnvironmentOptions = {}, context: Record<string, unknown> = {}) =>
  assert.rejects(
    render(source, context, options),
    (error: unknown) => error instanceof TemplateError && error.type === type,
  )

/** A site whose devices are loaded when they are asked for. */
class Site extends Exposed {
  readonly type = 'Site'
  loads = 0
  secret = 'never'
  override attribute(name: string): unknown {
    if (name === 'name') return 'ams'
    if (name === 'region') return Promise.resolve(new Site())
    if (name === 'devices')
      return new Callable('devices', async () => {
        this.loads++
        return ['r1', 'r2']
      })
    return undefined
  }
  override text(): string {
    return 'Site ams'
  }
}

describe('what a template reaches', () => {
  test('is own data and declared methods, nothing of JavaScript', async () => {
    class Thing {
      shown = 1
    }
    const context = {
      thing: new Thing(),
      plain: { a: 1 },
      when: new Date(0),
      call: () => 1,
      made: Object.create({ x: 1 }),
    }
    assert.equal(
      await render('{{ thing.shown }}|{{ plain.valueOf }}|{{ when.getTime }}|{{ made.x }}|', context),
      '||||',
    )
    assert.equal(
      await render("{{ plain['constructor'] }}|{{ plain['__proto__'] }}|{{ 'a'.constructor }}|", context),
      '|||',
    )
    await fails('{{ call() }}', 'TypeError', {}, context)
    await fails("{{ ''.constructor.constructor('return process')() }}", 'UndefinedError')
    await fails("{{ ''.__class__.__mro__ }}", 'SecurityError')
    await fails("{{ '{0.__class__.__mro__}'.format(1) }}", 'SecurityError')
  })

  test('a getter is no data', async () => {
    const context = { o: Object.defineProperty({}, 'g', { get: () => 'no', enumerable: true }) }
    assert.equal(await render('{{ o.g }}|', context), '|')
  })

  test('writing to a mapping reaches no prototype', async () => {
    await render("{% set m = {} %}{% set _ = m.update({'__proto__': {'polluted': 1}}) %}{{ m }}", {})
    await render("{% set _ = o.update({'__proto__': {'polluted': 1}}) %}", { o: {} })
    assert.equal(({} as Record<string, unknown>).polluted, undefined)
  })

  test('objects of the host answer as they say, later if they like', async () => {
    const site = new Site()
    assert.equal(
      await render('{{ site }} {{ site.region.name }} {{ site.devices()|join(",") }} {{ site.secret }}|', { site }),
      'Site ams ams r1,r2 |',
    )
    assert.equal(site.loads, 1)
    await fails('{% set site.name = 1 %}', 'TemplateRuntimeError', {}, { site })
  })
})

describe('limits', () => {
  test('end what takes too long', async () => {
    const limits = { steps: 10_000 }
    await fails('{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}', 'SecurityError', {
      limits,
    })
    await fails('{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}', 'SecurityError', {
      limits: { time: 50, steps: 1e12 },
    })
    await fails('{% set l = [1] %}{% for i in range(60) %}{% set _ = l.extend(l) %}{% endfor %}', 'SecurityError', {
      limits,
    })
  })

  test('end what gets too big', async () => {
    const limits = { output: 1000 }
    for (const source of [
      "{{ 'a' * 5000 }}",
      "{{ '%5000d' % 1 }}",
      "{{ '{:5000}'.format(1) }}",
      "{{ 'a'|center(5000) }}",
      "{{ 'a'.ljust(5000) }}",
      "{{ 'a'|indent(5000, true) }}",
      '{% for i in range(2000) %}x{% endfor %}',
      "{% set ns = namespace(s='a') %}{% for i in range(20) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
      "{{ ('a' * 900)|replace('a', 'bb') }}",
      "{{ ('a' * 900)|list|join('bb') }}",
    ])
      await fails(source, 'SecurityError', { limits })
    await fails('{{ 10 ** (10 ** 10) }}', 'OverflowError')
  })

  test('end what calls itself', async () => {
    await fails('{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'RecursionError')
    await fails("{% include 'me' %}", 'RecursionError', { loader: () => "{% include 'me' %}" })
    await fails("{% extends 'me' %}", 'RecursionError', { loader: () => "{% extends 'me' %}" })
    await fails('{% block a %}{{ self.a() }}{% endblock %}', 'RecursionError')
    await fails(`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`, 'TemplateSyntaxError')
    await fails(`{{ ${'not '.repeat(50_000)}1 }}`, 'TemplateSyntaxError')
  })
})
