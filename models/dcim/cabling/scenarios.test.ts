import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '@demarc/engine/write'
import { testDatabase } from '../../../tests/database.ts'
import { testWriter } from '../../../tests/writer.ts'
import { assertPaths } from './slow-tracer.assert.ts'

/*
 * Plants in a line of text each. A letter and a number name what is plugged in: `I1` an interface, `F1` and `R1` a front and
 * a rear port, `A1` and `Z1` the ends of circuit 1, `K` and `S` console ports of clients and servers, `P` a power port, `O`
 * an outlet, `W` a power feed. `R1x4` has four positions, `I0x4` is split into channels, whose own names are `I0:1` and so
 * on; a quote, `F1'`, is on another device.
 *
 * `F1=R1` maps a front port to a rear port, `F1=R1:3` to its third position, `F1:2=R1:3` from its own second. `I1-F1,F2` is a
 * cable, `I1-I2@single-1c1p` one with a profile; cables are called c1, c2 … in the order in which they are drawn.
 */

const db = await testDatabase()
const { create, change, remove, rows } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const site = await one('dcim.site', { name: 'Site', slug: 'site' })
const manufacturer = await one('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
const device_type = await one('dcim.devicetype', { manufacturer, model: 'Type', slug: 'type', u_height: 0 })
const role = await one('dcim.devicerole', { name: 'Role', slug: 'role', color: 'aa0000' })
const provider = await one('circuits.provider', { name: 'Provider', slug: 'provider' })
const type = await one('circuits.circuittype', { name: 'Kind', slug: 'kind' })
const power_panel = await one('dcim.powerpanel', { name: 'Panel', site })
const network = await one('circuits.providernetwork', { name: 'Cloud', provider })

const modelOf = (name: string) => kinds[name[0]!]![0]
const bare = (text: string) => text.replace(/x\d+$/, '')

const kinds: Readonly<Record<string, readonly [model: string, item: object]>> = {
  I: ['dcim.interface', { type: '10gbase-t' }],
  F: ['dcim.frontport', { type: 'lc' }],
  R: ['dcim.rearport', { type: 'lc' }],
  K: ['dcim.consoleport', {}],
  S: ['dcim.consoleserverport', {}],
  P: ['dcim.powerport', {}],
  O: ['dcim.poweroutlet', {}],
  W: ['dcim.powerfeed', { power_panel }],
  A: ['circuits.circuittermination', { term_side: 'A', termination_type: 'dcim.site', termination_id: site }],
  Z: ['circuits.circuittermination', { term_side: 'Z', termination_type: 'dcim.site', termination_id: site }],
}

/** A plant on devices of its own, and what can be done to it. */
async function build(plan: string) {
  const names = new Map<string, string>([
    [`dcim.site:${site}`, 'site'],
    [`circuits.providernetwork:${network}`, 'cloud'],
  ])
  const ids = new Map<string, number>()
  const mark = (await rows('select count(*) as n from dcim_device'))[0].n
  const [here, there] = await create(
    'dcim.device',
    ...['', "'"].map(side => ({ name: `${mark}${side}`, site, device_type, role })),
  )
  const circuits = new Map<string, number>()
  let drawn = 0

  /** Whatever the plan names that is not there yet, kind by kind: rear ports before the front ports that lead to them. */
  async function make(texts: readonly string[], mappings: ReadonlyMap<string, object[]>): Promise<void> {
    const made = new Map<string, [name: string, item: object][]>()
    for (const text of texts) {
      const [, letter, number, quote, times] = /^([A-Z])(\d+)('?)(?:x(\d+))?$/.exec(text)!
      const name = `${letter}${number}${quote}`
      const [model, item] = kinds[letter!]!
      const list = made.get(model) ?? []
      if (ids.has(name) || list.some(([known]) => known === name)) continue
      if (model.startsWith('circuits.') && !circuits.has(number!))
        circuits.set(number!, await one('circuits.circuit', { cid: `${mark}-${number}`, provider, type }))
      const owner = model.startsWith('circuits.')
        ? { circuit: circuits.get(number!) }
        : { name: `${mark} ${name}`, ...(letter !== 'W' && { device: quote ? there : here }) }
      const size = times ? { [letter === 'I' ? 'channels' : 'positions']: Number(times) } : {}
      made.set(model, [...list, [name, { ...owner, ...item, ...size }]])
    }
    for (const [model, list] of [...made].toSorted(([one]) => (one === 'dcim.rearport' ? -1 : 0))) {
      const items = list.map(([name, item]) => ({
        ...item,
        ...(mappings.has(name) && { rear_ports: far(mappings.get(name)!) }),
      }))
      const found = await create(model, ...items)
      for (const [at, [name]] of list.entries()) know(name, found[at]!)
    }
    for (const text of texts) {
      const [name, times] = text.split('x')
      if (name!.startsWith('I') && times && !ids.has(`${name}:1`))
        for (let channel_id = 1; channel_id <= Number(times); channel_id++) await split(name!, channel_id)
    }
  }

  const know = (name: string, id: number) => {
    ids.set(name, id)
    names.set(`${name.startsWith('c') ? 'dcim.cable' : modelOf(name)}:${id}`, name)
  }

  const far = (mappings: readonly any[]) =>
    mappings.map(({ rear, ...mapping }) => ({ ...mapping, rear_port: ids.get(rear) }))

  async function split(parent: string, channel_id: number): Promise<void> {
    const item = {
      device: here,
      name: `${mark} ${parent}:${channel_id}`,
      type: 'channel',
      parent: ids.get(parent),
      channel_id,
    }
    know(`${parent}:${channel_id}`, await one('dcim.interface', item))
  }

  const terminations = (list: string) =>
    list.split(',').map(name => ({ object_type: modelOf(name), object_id: ids.get(bare(name)) }))

  async function add(text: string): Promise<void> {
    const parts = text.trim().split(/\s+/)
    const mappings = new Map<string, object[]>()
    for (const part of parts.filter(one => one.includes('='))) {
      const [, front, at = '1', rear, to = '1'] = /^(F[^:=]+)(?::(\d+))?=(R[^:]+)(?::(\d+))?$/.exec(part)!
      const mapping = { position: Number(at), rear: bare(rear!), rear_port_position: Number(to) }
      mappings.set(bare(front!), [...(mappings.get(bare(front!)) ?? []), mapping])
    }
    await make(
      parts.flatMap(part => part.replace(/@.*/, '').replace(/:\d+/g, '').split(/[-=,]/)),
      mappings,
    )
    const cables = parts
      .filter(part => part.includes('-'))
      .map(part => {
        const [ends, profile] = part.split('@')
        const [a, b] = ends!.split('-') as [string, string]
        return { a_terminations: terminations(a), b_terminations: terminations(b), ...(profile && { profile }) }
      })
    if (cables.length) for (const id of await create('dcim.cable', ...cables)) know(`c${(drawn += 1)}`, id)
  }

  await add(plan)
  return {
    add,
    split,
    id: (name: string) => ids.get(name)!,
    /** Change what has a name; ends of a cable as in a plan. */
    set: async (name: string, item: Record<string, unknown>) => {
      const model = name.startsWith('c') ? 'dcim.cable' : modelOf(name)
      const ends = Object.fromEntries(
        Object.entries(item).map(([key, value]) =>
          key.endsWith('_terminations') ? [key, value ? terminations(String(value)) : []] : [key, value],
        ),
      )
      await change(model, ids.get(name)!, ends)
    },
    drop: (name: string) => remove(name.startsWith('c') ? 'dcim.cable' : modelOf(name), ids.get(name)!),
    /** Columns in which an object repeats where it is plugged: `A1 [1,2]`, the end, the connector and its positions. */
    seat: async (name: string) => {
      const [row] = await rows(
        `select cable_end, cable_connector as c, cable_positions as p from ${modelOf(name).replace('.', '_')} where id = $1`,
        ids.get(name),
      )
      return row.cable_end === null ? null : `${row.cable_end}${row.c ?? ''} ${JSON.stringify(row.p)}`
    },
    /** Every stored path of the plant, with its marks: `…` incomplete, `?` split, `~` not all connected. */
    paths: async () => {
      const stored = await rows('select id, path, is_active, is_complete, is_split from dcim_cablepath order by id')
      return stored
        .filter(({ path }) => path[0].some((node: string) => names.has(node) && !/^dcim.site/.test(node)))
        .map(({ path, is_active, is_complete, is_split }) => {
          const steps = path.map((step: string[]) => step.map(node => names.get(node) ?? node).join(','))
          return [...steps, is_complete ? '' : '…', is_split ? '?' : '', is_active ? '' : '~'].filter(Boolean).join(' ')
        })
        .toSorted()
    },
  }
}

/** What is to be seen of a plan, path by path. */
const seen: Readonly<Record<string, readonly [plan: string, ...paths: string[]]>> = {
  'a cable between two interfaces': ['I1-I2', 'I1 c1 I2', 'I2 c1 I1'],
  'a console': ['K1-S1', 'K1 c1 S1', 'S1 c1 K1'],
  'an outlet': ['P1-O1', 'O1 c1 P1', 'P1 c1 O1'],
  'a power feed': ['P1-W1', 'P1 c1 W1', 'W1 c1 P1'],
  'one to two': ['I1-I2,I3', 'I1 c1 I2,I3', 'I2,I3 c1 I1'],
  'two to two': ['I1,I2-I3,I4', 'I1,I2 c1 I3,I4', 'I3,I4 c1 I1,I2'],
  'a panel whose rear is open': ['F1=R1 I1-F1', 'I1 c1 F1 R1 …'],
  'a panel': ['F1=R1 I1-F1 R1-I2', 'I1 c1 F1 R1 c2 I2', 'I2 c2 R1 F1 c1 I1'],
  'a panel that leads nowhere': ['F1=R1 I1-F1 R1-R2', 'I1 c1 F1 R1 c2 R2 …'],
  'a trunk of two': [
    'F1=R1x2:1 F2=R1:2 F3=R2x2:1 F4=R2:2 R1-R2 I1-F1 I2-F2 F3-I3 F4-I4',
    'I1 c2 F1 R1 c1 R2 F3 c4 I3',
    'I2 c3 F2 R1 c1 R2 F4 c5 I4',
    'I3 c4 F3 R2 c1 R1 F1 c2 I1',
    'I4 c5 F4 R2 c1 R1 F2 c3 I2',
  ],
  'a trunk through a panel of one position': [
    'F1=R1x2:1 F2=R1:2 F3=R2x2:1 F4=R2:2 F5=R5 R1-F5 R5-R2 I1-F1 I2-F2 F3-I3 F4-I4',
    'I1 c3 F1 R1 c1 F5 R5 c2 R2 F3 c5 I3',
    'I2 c4 F2 R1 c1 F5 R5 c2 R2 F4 c6 I4',
    'I3 c5 F3 R2 c2 R5 F5 c1 R1 F1 c3 I1',
    'I4 c6 F4 R2 c2 R5 F5 c1 R1 F2 c4 I2',
  ],
  'a trunk in a trunk': [
    'F1=R1x2:1 F2=R1:2 F3=R2x2:1 F4=R2:2 F5=R5x2:1 F6=R6x2:1 R1-F5 R5-R6 F6-R2 I1-F1 I2-F2 F3-I3 F4-I4',
    'I1 c4 F1 R1 c1 F5 R5 c2 R6 F6 c3 R2 F3 c6 I3',
    'I2 c5 F2 R1 c1 F5 R5 c2 R6 F6 c3 R2 F4 c7 I4',
    'I3 c6 F3 R2 c3 F6 R6 c2 R5 F5 c1 R1 F1 c4 I1',
    'I4 c7 F4 R2 c3 F6 R6 c2 R5 F5 c1 R1 F2 c5 I2',
  ],
  'two trunks patched front to front': [
    'F1=R1x2 F2=R2x2 F3=R3x2 F4=R4x2 R1-R2 R3-R4 F2-F3 I1-F1 F4-I2',
    'I1 c4 F1 R1 c1 R2 F2 c3 F3 R3 c2 R4 F4 c5 I2',
    'I2 c5 F4 R4 c2 R3 F3 c3 F2 R2 c1 R1 F1 c4 I1',
  ],
  'a trunk over a circuit': [
    'F1=R1x2 F2=R2x2 A1 Z1 R1-A1 Z1-R2 I1-F1 F2-I2',
    'I1 c3 F1 R1 c1 A1 Z1 c2 R2 F2 c4 I2',
    'I2 c4 F2 R2 c2 Z1 A1 c1 R1 F1 c3 I1',
  ],
  'what comes from the rear is split, what comes from the front is not': [
    'F1=R1x2:1 F2=R1:2 I1-R1 F1-I2 F2-I3',
    'I1 c1 R1 … ?',
    'I2 c2 F1 R1 c1 I1',
    'I3 c3 F2 R1 c1 I1',
  ],
  'a circuit without its other end': ['A1 I1-A1', 'I1 c1 A1 …'],
  'a circuit to a site': ['A1 Z1 I1-A1', 'I1 c1 A1 Z1 site …'],
  'a circuit': ['A1 Z1 I1-A1 Z1-I2', 'I1 c1 A1 Z1 c2 I2', 'I2 c2 Z1 A1 c1 I1'],
  'two circuits in a row': [
    'A1 Z1 A2 Z2 I1-A1 Z1-A2 Z2-I2',
    'I1 c1 A1 Z1 c2 A2 Z2 c3 I2',
    'I2 c3 Z2 A2 c2 Z1 A1 c1 I1',
  ],
  'two circuits side by side': ['A1 Z1 A2 Z2 I1-A1,A2 Z1,Z2-I2', 'I1 c1 A1,A2 Z1,Z2 c2 I2', 'I2 c2 Z1,Z2 A1,A2 c1 I1'],
  'both ends of a circuit on one cable': ['A1 Z1 I1-A1,Z1', 'I1 c1 A1,Z1 … ?'],
  'a circuit that begins at a rear port': ['A1 F1=R1 A1-R1 F1-I1', 'I1 c2 F1 R1 c1 A1 …'],
  'strands side by side': [
    'F1=R1 F2=R2 F3=R3 F4=R4 I1-F1,F2 R1,R2-R3,R4 F3,F4-I2',
    'I1 c1 F1,F2 R1,R2 c2 R3,R4 F3,F4 c3 I2',
    'I2 c3 F3,F4 R3,R4 c2 R1,R2 F1,F2 c1 I1',
  ],
  'strands over cables of their own': [
    'F1=R1 F2=R2 F3=R3 F4=R4 I1-F1,F2 R1-R3 R2-R4 F3,F4-I2',
    'I1 c1 F1,F2 R1,R2 c2,c3 R3,R4 F3,F4 c4 I2',
    'I2 c4 F3,F4 R3,R4 c2,c3 R1,R2 F1,F2 c1 I1',
  ],
  'strands that part': ["F1=R1 F2=R2 I1-F1,F2 R1-I2 R2-F3'", 'I1 c1 F1,F2 R1,R2 c2,c3 … ?', 'I2 c2 R1 F1 c1 I1'],
  'pairs of strands of one rear port': [
    'F1=R1x4:1 F2=R1:2 F3=R1:3 F4=R1:4 F5=R2x4:1 F6=R2:2 F7=R2:3 F8=R2:4 R1-R2 I1-F1,F2 I2-F3,F4 F5,F6-I3 F7,F8-I4',
    'I1 c2 F1,F2 R1 c1 R2 F5,F6 c4 I3',
    'I2 c3 F3,F4 R1 c1 R2 F7,F8 c5 I4',
    'I3 c4 F5,F6 R2 c1 R1 F1,F2 c2 I1',
    'I4 c5 F7,F8 R2 c1 R1 F3,F4 c3 I2',
  ],
  'a profile of one': ['I1-I2@single-1c1p', 'I1 c1 I2', 'I2 c1 I1'],
  'a trunk with a profile': [
    'F1=R1x2:1 F2=R1:2 F3=R2x2:1 F4=R2:2 R1-R2@single-1c2p I1-F1 I2-F2 F3-I3 F4-I4',
    'I1 c2 F1 R1 c1 R2 F3 c4 I3',
    'I2 c3 F2 R1 c1 R2 F4 c5 I4',
    'I3 c4 F3 R2 c1 R1 F1 c2 I1',
    'I4 c5 F4 R2 c1 R1 F2 c3 I2',
  ],
  'pairs on one cable': ['I1,I2-I3,I4@trunk-2c1p', 'I1 c1 I3', 'I2 c1 I4', 'I3 c1 I1', 'I4 c1 I2'],
  'two rear ports on one trunk': [
    'F1=R1x2:1 F2=R1:2 F3=R2x2:1 F4=R2:2 F5=R3x2:1 F6=R3:2 F7=R4x2:1 F8=R4:2 R1,R2-R3,R4@trunk-2c2p I1-F1 I2-F2 I3-F3 I4-F4 F5-I5 F6-I6 F7-I7 F8-I8',
    'I1 c2 F1 R1 c1 R3 F5 c6 I5',
    'I2 c3 F2 R1 c1 R3 F6 c7 I6',
    'I3 c4 F3 R2 c1 R4 F7 c8 I7',
    'I4 c5 F4 R2 c1 R4 F8 c9 I8',
    'I5 c6 F5 R3 c1 R1 F1 c2 I1',
    'I6 c7 F6 R3 c1 R1 F2 c3 I2',
    'I7 c8 F7 R4 c1 R2 F3 c4 I3',
    'I8 c9 F8 R4 c1 R2 F4 c5 I4',
  ],
  'a breakout of a rear port': [
    'F1=R1x4:1 F2=R1:2 F3=R1:3 F4=R1:4 R1-I5,I6,I7,I8@breakout-1c4p-4c1p I1-F1 I2-F2 I3-F3 I4-F4',
    'I1 c2 F1 R1 c1 I5',
    'I2 c3 F2 R1 c1 I6',
    'I3 c4 F3 R1 c1 I7',
    'I4 c5 F4 R1 c1 I8',
    'I5 c1 R1 F1 c2 I1',
    'I6 c1 R1 F2 c3 I2',
    'I7 c1 R1 F3 c4 I3',
    'I8 c1 R1 F4 c5 I4',
  ],
  'a shuffle': [
    `F1=R1x4:1 F2=R1:2 F3=R1:3 F4=R1:4 F5=R2x4:1 F6=R2:2 F7=R2:3 F8=R2:4
     F11=R11x4:1 F12=R11:2 F13=R11:3 F14=R11:4 F15=R12x4:1 F16=R12:2 F17=R12:3 F18=R12:4
     R1,R2-R11,R12@trunk-2c4p-shuffle I1-F1 I3-F3 I5-F5 I7-F7 F11-I11 F15-I15 F13-I13 F17-I17`,
    'I1 c2 F1 R1 c1 R11 F11 c6 I11',
    'I11 c6 F11 R11 c1 R1 F1 c2 I1',
    'I13 c8 F13 R11 c1 R2 F5 c4 I5',
    'I15 c7 F15 R12 c1 R1 F3 c3 I3',
    'I17 c9 F17 R12 c1 R2 F7 c5 I7',
    'I3 c3 F3 R1 c1 R12 F15 c7 I15',
    'I5 c4 F5 R2 c1 R11 F13 c8 I13',
    'I7 c5 F7 R2 c1 R12 F17 c9 I17',
  ],
  'a pair of fibres through a splice': [
    `F1x2=R1x2:1 F1:2=R1:2 F2=R2x2:1 F3=R2:2 F4=R3x2:1 F5=R3:2 F6x2=R4x2:1 F6:2=R4:2
     I1-F1@single-1c2p R1-R2@single-1c2p F2-F4 F3-F5 R3-R4@single-1c2p F6-I2@single-1c2p`,
    'I1 c1 F1 R1 c2 R2 F2,F3 c3,c4 F4,F5 R3 c5 R4 F6 c6 I2',
    'I2 c6 F6 R4 c5 R3 F4,F5 c3,c4 F2,F3 R2 c2 R1 F1 c1 I1',
  ],
  'a plain cable to two front ports': [
    `F1=R1x2:1 F2=R1:2 F3x2=R2x2:1 F3:2=R2:2 I1-F1,F2 R1-R2@single-1c2p F3-I2@single-1c2p`,
    'I1 c1 F1,F2 R1 c2 R2 F3 c3 I2',
    'I2 c3 F3 R2 c2 R1 F1,F2 c1 I1',
  ],
  'four fibres over two rear ports': [
    `F1x4=R1x2:1 F1:2=R1:2 F1:3=R2x2:1 F1:4=R2:2 F2x4=R3x2:1 F2:2=R3:2 F2:3=R4x2:1 F2:4=R4:2
     I1-F1@single-1c4p R1,R2-R3,R4@trunk-2c2p F2-I2@single-1c4p`,
    'I1 c1 F1 R1,R2 c2 R3,R4 F2 c3 I2',
    'I2 c3 F2 R3,R4 c2 R1,R2 F1 c1 I1',
  ],
  'a trunk with a strand that ends in the open': ['I1,I2-I3@trunk-2c1p', 'I1 c1 I3', 'I2 c1 …', 'I3 c1 I1'],
  'a breakout into two panels': [
    'F1=R1 F2=R2 I1-F1,F2@breakout-1c2p-2c1p R1-I2 R2-I3',
    'I1 c1 F1,F2 R1,R2 c2,c3 I2,I3',
    'I2 c2 R1 F1 c1 I1',
    'I3 c3 R2 F2 c1 I1',
  ],
  'a breakout of which half is there': ['I1-I2,I3@breakout-1c4p-4c1p', 'I1 c1 … ?', 'I2 c1 I1', 'I3 c1 I1'],
  channels: [
    'I0x4 I0-I1,I2,I3,I4@breakout-1c4p-4c1p',
    'I0:1 c1 I1',
    'I0:2 c1 I2',
    'I0:3 c1 I3',
    'I0:4 c1 I4',
    'I1 c1 I0:1',
    'I2 c1 I0:2',
    'I3 c1 I0:3',
    'I4 c1 I0:4',
  ],
  'channels to channels': [
    'I0x2 I9x2 I0-I9@single-1c2p',
    'I0:1 c1 I9:1',
    'I0:2 c1 I9:2',
    'I9:1 c1 I0:1',
    'I9:2 c1 I0:2',
  ],
  'a plain cable to what is split into channels': ['I0x4 F1=R1 I0-F1 R1-I2', 'I2 c2 R1 F1 c1 I0'],
}

test('where paths lead', async t => {
  for (const [name, [plan, ...paths]] of Object.entries(seen))
    await t.test(name, async () => assert.deepEqual(await (await build(plan)).paths(), paths.toSorted()))
  await t.test('and so says the second tracer', () => assertPaths(rows))
})

test('a path follows what becomes of its cables', async t => {
  await t.test('it grows and shrinks, and stays the same row', async () => {
    const plant = await build('F1=R1 I1-F1')
    const row = async () =>
      (await rows('select _path_id as id from dcim_interface where id = $1', plant.id('I1')))[0].id
    const first = await row()
    await plant.add('R1-I2')
    assert.deepEqual(await plant.paths(), ['I1 c1 F1 R1 c2 I2', 'I2 c2 R1 F1 c1 I1'])
    const grown = await row()
    await plant.drop('c2')
    assert.deepEqual(await plant.paths(), ['I1 c1 F1 R1 …'])
    assert.deepEqual([first, grown], [await row(), await row()])
    await plant.drop('c1')
    assert.deepEqual([await plant.paths(), await row()], [[], null])
  })
  await t.test('a planned cable stays where it leads, and is not active', async () => {
    const plant = await build('F1=R1 I1-F1 R1-I2')
    for (const status of ['planned', 'decommissioning']) {
      await plant.set('c2', { status })
      assert.deepEqual(await plant.paths(), ['I1 c1 F1 R1 c2 I2 ~', 'I2 c2 R1 F1 c1 I1 ~'])
    }
    await plant.set('c2', { status: 'connected' })
    assert.deepEqual(await plant.paths(), ['I1 c1 F1 R1 c2 I2', 'I2 c2 R1 F1 c1 I1'])
  })
  await t.test('a circuit ends at its site again, or at the network of a provider', async () => {
    const plant = await build('A1 Z1 I1-A1 Z1-I2')
    await plant.drop('c2')
    assert.deepEqual(await plant.paths(), ['I1 c1 A1 Z1 site …'])
    await plant.set('Z1', { termination_type: 'circuits.providernetwork', termination_id: network })
    assert.deepEqual(await plant.paths(), ['I1 c1 A1 Z1 cloud'])
    await plant.drop('Z1')
    assert.deepEqual(await plant.paths(), ['I1 c1 A1 …'])
  })
  await t.test('what is pulled out has none', async () => {
    const plant = await build('I1-I2,I3')
    await plant.set('c1', { b_terminations: 'I2' })
    assert.deepEqual(await plant.paths(), ['I1 c1 I2', 'I2 c1 I1'])
    assert.equal(await plant.seat('I3'), null)
    await plant.add('I4')
    await plant.set('c1', { b_terminations: 'I4' })
    assert.deepEqual(await plant.paths(), ['I1 c1 I4', 'I4 c1 I1'])
    await plant.set('c1', { b_terminations: '' })
    assert.deepEqual(await plant.paths(), ['I1 c1 …'])
  })
  await t.test('what is deleted leaves an open end', async () => {
    const plant = await build('F1=R1 I1-F1 R1-I2,I3')
    await plant.drop('I2')
    assert.deepEqual(await plant.paths(), ['I1 c1 F1 R1 c2 I3', 'I3 c2 R1 F1 c1 I1'])
    await plant.drop('R1')
    assert.deepEqual(await plant.paths(), ['I1 c1 F1 …', 'I3 c2 …'])
  })
  await t.test('it follows the mappings of ports', async () => {
    const plant = await build('F1=R1x2 R2 F2 I1-F1 R1-I2 R2-I3')
    const lead = (...to: readonly (readonly [string, number])[]) =>
      plant.set('F1', {
        rear_ports: to.map(([rear, at]) => ({ position: 1, rear_port: plant.id(rear), rear_port_position: at })),
      })
    await lead()
    assert.deepEqual(await plant.paths(), ['I1 c1 F1 …', 'I2 c2 R1 … ?', 'I3 c3 R2 …'])
    await lead(['R2', 1])
    assert.deepEqual(await plant.paths(), ['I1 c1 F1 R2 c3 I3', 'I2 c2 R1 … ?', 'I3 c3 R2 F1 c1 I1'])
  })
  await t.test('ports of two panels at one end are refused, and leave no path', async () => {
    const plant = await build("I1 F1=R1 F1'=R1'")
    await assert.rejects(plant.add("I1-F1,F1'"), Refused)
    assert.deepEqual(await plant.paths(), [])
  })
  await t.test('the second tracer agrees', () => assertPaths(rows))
})

test('a profile tells strands apart', async t => {
  await t.test('connectors and positions are kept at both ends', async () => {
    const plant = await build('I1-I2@single-1c1p R1x2-R2x2@single-1c2p R3x4-I5,I6,I7,I8@breakout-1c4p-4c1p')
    const seats = {
      I1: 'A1 [1]',
      I2: 'B1 [1]',
      R1: 'A1 [1,2]',
      R2: 'B1 [1,2]',
      R3: 'A1 [1,2,3,4]',
      I5: 'B1 [1]',
      I8: 'B4 [1]',
    }
    for (const [name, seat] of Object.entries(seats)) assert.equal(await plant.seat(name), seat, name)
  })
  await t.test('given later, it parts what was joined', async () => {
    const plant = await build('I1,I2-I3,I4')
    await plant.set('c1', { profile: 'trunk-2c1p' })
    assert.deepEqual(await plant.paths(), ['I1 c1 I3', 'I2 c1 I4', 'I3 c1 I1', 'I4 c1 I2'])
    const span = await build('F1=R1 F2=R2 I1-F1 R1-R2 F2-I2')
    await span.set('c2', { profile: 'single-1c1p' })
    assert.deepEqual(await span.paths(), ['I1 c1 F1 R1 c2 R2 F2 c3 I2', 'I2 c3 F2 R2 c2 R1 F1 c1 I1'])
  })
  await t.test('an end that is completed completes the other', async () => {
    const plant = await build('I1,I2-I3@trunk-2c1p I4')
    await plant.set('c1', { b_terminations: 'I3,I4' })
    assert.deepEqual(await plant.paths(), ['I1 c1 I3', 'I2 c1 I4', 'I3 c1 I1', 'I4 c1 I2'])
  })
  await t.test('what stands in another order is wired to another', async () => {
    const plant = await build('I1,I2-I3,I4@trunk-2c1p I5')
    const same = { a_terminations: 'I1,I2', b_terminations: 'I3,I4' }
    await plant.set('c1', same)
    assert.deepEqual(await plant.paths(), ['I1 c1 I3', 'I2 c1 I4', 'I3 c1 I1', 'I4 c1 I2'])
    await plant.set('c1', { b_terminations: 'I4,I3' })
    assert.deepEqual(await plant.paths(), ['I1 c1 I4', 'I2 c1 I3', 'I3 c1 I2', 'I4 c1 I1'])
    await plant.set('c1', { b_terminations: 'I3' })
    assert.deepEqual(await plant.paths(), ['I1 c1 I3', 'I2 c1 …', 'I3 c1 I1'])
    assert.deepEqual([await plant.seat('I3'), await plant.seat('I4')], ['B1 [1]', null])
  })
  await t.test('channels come and go', async () => {
    const plant = await build('I0x4 I0-I1,I2,I3,I4@breakout-1c4p-4c1p')
    await plant.drop('I0:4')
    assert.deepEqual((await plant.paths()).at(-1), 'I4 c1 …')
    assert.equal((await plant.paths()).length, 7)
    await plant.split('I0', 4)
    assert.equal((await plant.paths()).filter(path => !path.endsWith('…')).length, 8)
    await plant.drop('I0:3')
    await plant.set('I0:1', { channel_id: 3 })
    assert.deepEqual(
      (await plant.paths()).filter(path => /I0:1|I1|I3/.test(path)),
      ['I0:1 c1 I3', 'I1 c1 …', 'I3 c1 I0:1'],
    )
    await plant.drop('c1')
    assert.deepEqual([await plant.paths(), await plant.seat('I0:2')], [[], null])
  })
  await t.test('channels beyond what is plugged in lead to an open end', async () => {
    const plant = await build('I0x4 I0-I1,I2@breakout-1c4p-4c1p')
    assert.deepEqual(await plant.paths(), [
      'I0:1 c1 I1',
      'I0:2 c1 I2',
      'I0:3 c1 …',
      'I0:4 c1 …',
      'I1 c1 I0:1',
      'I2 c1 I0:2',
    ])
    await plant.set('I0', { channels: 8 })
    assert.equal((await plant.paths()).length, 6)
  })
  await t.test('a channel leaves its cable with its parent, and takes up that of the next', async () => {
    const plant = await build('I0x2 I8x2 I9x2 I0-I1,I2@breakout-1c2p-2c1p I9-I3,I4@breakout-1c2p-2c1p')
    await plant.drop('I8:1')
    await plant.set('I0:1', { parent: plant.id('I8') })
    assert.equal(await plant.seat('I0:1'), null)
    await plant.drop('I9:1')
    await plant.set('I0:1', { parent: plant.id('I9') })
    assert.deepEqual(
      (await plant.paths()).filter(path => path.startsWith('I0:1')),
      ['I0:1 c2 I3'],
    )
    await plant.set('I0:1', { parent: null, channel_id: null, type: '10gbase-t' })
    assert.equal(await plant.seat('I0:1'), null)
    assert.ok((await plant.paths()).every(path => !path.includes('I0:1')))
    await plant.set('I0:2', { channel_id: 1, mac_address: '00:53:00:00:00:01' })
    assert.equal(await plant.seat('I0:2'), 'A1 [1]')
  })
  await t.test('a cable without one says nothing of channels', async () => {
    const plant = await build('I0x4 I0-I9')
    assert.deepEqual([await plant.seat('I0'), await plant.seat('I0:1')], ['A null', null])
    assert.deepEqual(await plant.paths(), ['I9 c1 I0'])
  })
  await t.test('the second tracer agrees', () => assertPaths(rows))
})
