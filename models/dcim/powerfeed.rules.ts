import { rules } from '@demarc/engine/model'
import { cabledChecks } from './component-rules.ts'
import { PowerFeed } from './powerfeed.ts'

export default rules(PowerFeed, {
  refs: ['rack', 'power_panel'],
  load: async ({ settings }) => settings,
  prepare: {
    'a new feed is as an administrator has it': ({ kind, row, input }, settings: Readonly<Record<string, any>>) => {
      if (kind !== 'create') return
      for (const [key, setting] of Object.entries(defaults))
        if (!(key in input)) row[key] = settings[setting] ?? row[key]
    },
    'there is some voltage': ({ row, fail }) => {
      if (row['voltage'] === 0) fail('voltage', 'Voltage cannot be zero.')
    },
  },
  check: {
    ...cabledChecks,
    'a rack stands at the site of its power panel': ({ ref, fail }) => {
      const [rack, panel] = [ref('rack'), ref('power_panel')]
      if (rack && panel && rack.site_id !== panel.site_id)
        fail(null, `Rack ${rack.name} and power panel ${panel.name} are at different sites.`)
    },
    'alternating current has no sign': ({ row, fail }) => {
      if (row['voltage'] < 0 && row['supply'] === 'ac') fail('voltage', 'Voltage cannot be negative for AC supply')
    },
  },
  store: {
    'what is available follows from the line': ({ row }) => {
      const phases = row['phase'] === 'three-phase' ? 1.732 : 1
      row['available_power'] = evenly(
        Math.abs(row['voltage']) * row['amperage'] * (row['max_utilization'] / 100) * phases,
      )
    },
  },
})

const defaults = {
  voltage: 'POWERFEED_DEFAULT_VOLTAGE',
  amperage: 'POWERFEED_DEFAULT_AMPERAGE',
  max_utilization: 'POWERFEED_DEFAULT_MAX_UTILIZATION',
} as const

/** Round a half to the even neighbour. */
function evenly(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (Math.abs(rest - 0.5) > 1e-9) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
