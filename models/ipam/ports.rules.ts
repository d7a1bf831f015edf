import type { Change, Rules } from '@demarc/engine/model'
import { readPortMapping, soleProtocol } from './ports.ts'

/** What a client sends to say on what a service listens: the pairs, or one protocol and its ports as of old. */
interface Sent {
  readonly port_mappings?: unknown
  readonly protocol?: unknown
  readonly ports?: unknown
}

const protocols = ['tcp', 'udp', 'sctp']

/** What must hold for what a service listens on. */
export const portRules: NonNullable<Rules['prepare']> = {
  'a service listens on pairs of protocol and port, each named once': change => {
    const sent: Sent = change.input
    if (sent.port_mappings === undefined) return
    const mappings = change.row['port_mappings'] as readonly string[]
    if (mappings.length === 0) return change.fail('port_mappings', 'This list may not be empty.')
    const blank = mappings.flatMap((text, at) => (text.trim() === '' ? [[at, ['This field may not be blank.']]] : []))
    if (blank.length) return change.fail('port_mappings', Object.fromEntries(blank))
    const read: string[] = []
    for (const text of mappings) {
      const mapping = readPortMapping(text)
      if (!mapping)
        return change.fail('port_mappings', `Invalid port mapping: ${text}. Name a protocol and a port, as in tcp/443.`)
      if (read.includes(mapping)) return change.fail('port_mappings', `Duplicate port mapping: ${mapping}`)
      read.push(mapping)
    }
    change.row['port_mappings'] = read
  },
  'a protocol and its ports say the same in the older form': change => {
    const sent: Sent = change.input
    const protocol = sent.protocol ?? undefined
    const ports = sent.ports ?? undefined
    if (protocol !== undefined && !protocols.includes(protocol as string))
      change.fail('protocol', `"${String(protocol)}" is not a valid choice.`)
    const numbers = ports === undefined ? undefined : readPorts(change, ports)
    if ((protocol === undefined && ports === undefined) || (ports !== undefined && !numbers)) return
    if (protocol !== undefined && !protocols.includes(protocol as string)) return
    if (sent.port_mappings !== undefined) return agree(change, protocol as string | undefined, numbers)
    const stored = change.before ? soleProtocol(change.before['port_mappings']) : { protocol: null, ports: null }
    const whole = { protocol: protocol ?? stored.protocol, ports: numbers ?? stored.ports }
    if (!whole.protocol || !whole.ports)
      return change.fail(null, 'Both protocol and ports must be specified when port mappings are not.')
    change.row['port_mappings'] = whole.ports.map(port => `${whole.protocol}/${port}`)
  },
  'a service listens on something': change => {
    // Rows taken over may lack any: they can be read, but not be changed without one.
    if ((change.row['port_mappings'] as unknown[]).length === 0) change.fail('port_mappings', 'This field is required.')
  },
}

function readPorts({ fail }: Change, value: unknown): number[] | undefined {
  if (!Array.isArray(value)) return void fail('ports', 'Expected a list of items.')
  if (value.length === 0) return void fail('ports', 'This list may not be empty.')
  const numbers = value.map(one => (typeof one === 'number' || typeof one === 'string' ? Number(one) : NaN))
  const faults = numbers.flatMap((port, at) => {
    if (!Number.isInteger(port) || value[at] === '') return [[at, ['A valid integer is required.']]]
    if (port < 1) return [[at, ['Ensure this value is greater than or equal to 1.']]]
    return port > 65535 ? [[at, ['Ensure this value is less than or equal to 65535.']]] : []
  })
  if (faults.length) return void fail('ports', Object.fromEntries(faults))
  if (new Set(numbers).size < numbers.length) return void fail('ports', 'Duplicate ports are not allowed.')
  return numbers
}

/** What is sent in both forms must be the same thing. */
function agree({ row, fail }: Change, protocol: string | undefined, ports: readonly number[] | undefined): void {
  const said = soleProtocol(row['port_mappings'])
  const ascending = ports && [...ports].sort((a, b) => a - b)
  if (
    (protocol !== undefined && protocol !== said.protocol) ||
    (ascending && JSON.stringify(ascending) !== JSON.stringify(said.ports))
  )
    fail(null, 'The protocol and ports specified conflict with the port mappings.')
}
