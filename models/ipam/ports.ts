import { choices, list } from '@demarc/engine/field'
import { anyOf, type Columns, type Derived, type FilterSpec } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

const ServiceProtocol = choices('ServiceProtocol', {
  tcp: ['TCP'],
  udp: ['UDP'],
  sctp: ['SCTP'],
})

/** What a service listens on: pairs of protocol and port, as `tcp/443`. */
export const listening = {
  port_mappings: list<string>({ default: [], help: 'Protocol/port pairs, e.g. tcp/80', of: 'character varying(63)' }),
} as const

/** A pair as it is stored: `TCP/080` is `tcp/80`. Undefined for text that is none. */
export function readPortMapping(text: string): string | undefined {
  const [, protocol, port] = /^\s*(\w+)\s*\/\s*\+?(\d+)\s*$/.exec(text) ?? []
  const known = protocol && ServiceProtocol.values.has(protocol.toLowerCase() as 'tcp')
  return known && Number(port) >= 1 && Number(port) <= 65535 ? `${protocol.toLowerCase()}/${Number(port)}` : undefined
}

/** Files write runs of ports as `tcp/8000-8010`. */
export function expandPorts(item: Record<string, any>): void {
  const mappings: unknown = item['port_mappings']
  if (!Array.isArray(mappings)) return
  item['port_mappings'] = mappings.flatMap((text: unknown) => {
    const [, protocol, low, high] = /^(.*\/)\s*(\d+)\s*-\s*(\d+)\s*$/.exec(String(text)) ?? []
    const [first, last] = [Number(low), Number(high)]
    return first <= last && last <= 65535
      ? Array.from({ length: last - first + 1 }, (_, at) => `${protocol}${first + at}`)
      : [text]
  })
}

/** The protocol and its ports, for clients from before a service could have several: null where it has. */
export const portKeys: Readonly<Record<string, Derived<any>>> = {
  protocol: {
    from: ['port_mappings'],
    writable: true,
    choices: [...ServiceProtocol.values.keys()],
    as: row => {
      const { protocol } = soleProtocol(row.port_mappings)
      return protocol ? { value: protocol, label: ServiceProtocol.values.get(protocol as 'tcp')!.label } : null
    },
  },
  ports: {
    from: ['port_mappings'],
    writable: true,
    wire: 'list',
    as: row => soleProtocol(row.port_mappings).ports,
  },
}

/** The protocol that all pairs have, if it is one, and the ports in order. */
export function soleProtocol(mappings: readonly string[]): { protocol: string | null; ports: number[] | null } {
  const pairs = mappings.map(mapping => readPortMapping(mapping)?.split('/') ?? [])
  const protocols = [...new Set(pairs.map(([protocol]) => protocol))]
  if (protocols.length > 1 || (pairs.length && !protocols[0])) return { protocol: null, ports: null }
  return {
    protocol: (protocols[0] as 'tcp' | undefined) ?? null,
    ports: pairs.map(([, port]) => Number(port)).sort((a, b) => a - b),
  }
}

/** `null` is understood, and finds nothing. */
const protocolChoices = { choices: [...ServiceProtocol.values.keys(), 'null'] }

/** Parameters that must all hold for one and the same pair, with the test each makes of it. */
const pairTests = {
  protocol: values => sql`protocol = any(${values})`,
  port: values => sql`port = any(${values.map(Number)}::numeric[])`,
  port__gt: values => anyTest(values, value => sql`port > ${value}::numeric`),
  port__gte: values => anyTest(values, value => sql`port >= ${value}::numeric`),
  port__lt: values => anyTest(values, value => sql`port < ${value}::numeric`),
  port__lte: values => anyTest(values, value => sql`port <= ${value}::numeric`),
} satisfies Record<string, (values: string[]) => RawBuilder<unknown>>

type PairTest = keyof typeof pairTests

const anyTest = (values: readonly string[], test: (value: number) => RawBuilder<unknown>) =>
  sql`(${sql.join(
    values.map(value => test(Number(value))),
    sql` or `,
  )})`

const given = (params: URLSearchParams, name: string) =>
  params
    .getAll(name)
    .map(value => value.trim())
    .filter(Boolean)

/** That some pair of the row fulfils all the conditions, on its `protocol` and `port`. */
const somePair = (row: Columns, conditions: readonly RawBuilder<unknown>[]) =>
  sql<boolean>`exists (
    select from (
      select split_part(mapping, '/', 1) as protocol, substring(mapping from '/(\\d{1,9})$')::int as port
      from unnest(${row['port_mappings']}) as mapping
    ) as pair
    where ${sql.join(conditions, sql` and `)}
  )`

/** The condition of all pair tests of a request together, made by the first of them. */
const together = (name: PairTest) => (row: Columns, _values: unknown[], params: URLSearchParams) => {
  const asked = (Object.keys(pairTests) as PairTest[]).filter(test => given(params, test).length)
  if (asked[0] !== name) return undefined
  return somePair(
    row,
    asked.map(test => pairTests[test](given(params, test))),
  )
}

const isNot = (condition: RawBuilder<boolean>) => sql<boolean>`not ${condition}`

const mappingIn = (row: Columns, texts: readonly string[]) =>
  sql<boolean>`(${row['port_mappings']} && ${texts.map(text => readPortMapping(text)).filter(Boolean)}::varchar[])`

/** Finds services by what they listen on. */
export const portFilters: Readonly<Record<string, FilterSpec>> = {
  port_mappings: anyOf('text', mappingIn),
  port_mappings__n: anyOf('text', (row, texts) => isNot(mappingIn(row, texts))),
  protocol: anyOf('choice', together('protocol'), protocolChoices),
  protocol__n: anyOf('choice', (row, values) => isNot(somePair(row, [pairTests.protocol(values)])), protocolChoices),
  port: anyOf('number', together('port')),
  port__n: anyOf('number', (row, values, params) => {
    const protocols = given(params, 'protocol')
    const conditions = protocols.length ? [pairTests.protocol(protocols)] : []
    return isNot(somePair(row, [...conditions, pairTests.port(values)]))
  }),
  port__gt: anyOf('number', together('port__gt')),
  port__gte: anyOf('number', together('port__gte')),
  port__lt: anyOf('number', together('port__lt')),
  port__lte: anyOf('number', together('port__lte')),
}
