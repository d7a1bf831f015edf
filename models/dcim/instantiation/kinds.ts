/** A kind of component, its template, and what a component takes from that. */
export interface Kind {
  readonly component: string
  readonly template: string
  readonly copied: readonly string[]
  /** References among what is created: the field of both, and the kind that it points to. */
  readonly links?: Readonly<Record<string, string>>
  /** Modules have it, too. */
  readonly modular: boolean
}

const kind = (name: string, copied: readonly string[], more: Pick<Kind, 'links'> & { modular?: false } = {}): Kind => ({
  component: `dcim.${name}`,
  template: `dcim.${name}template`,
  copied: ['name', 'label', ...copied],
  modular: true,
  ...more,
})

/** Every kind of component, in the order in which they are created. */
export const kinds: readonly Kind[] = [
  kind('consoleport', ['type']),
  kind('consoleserverport', ['type']),
  kind('powerport', ['type', 'maximum_draw', 'allocated_draw']),
  kind('poweroutlet', ['type', 'color', 'feed_leg'], { links: { power_port: 'dcim.powerport' } }),
  kind('coolingintake', ['type', 'diameter', 'diameter_unit', 'max_flow', 'max_flow_unit']),
  kind('coolingoutflow', ['type', 'diameter', 'diameter_unit'], { links: { cooling_intake: 'dcim.coolingintake' } }),
  kind('interface', ['type', 'channels', 'channel_id', 'enabled', 'mgmt_only', 'poe_mode', 'poe_type', 'rf_role']),
  kind('rearport', ['type', 'color', 'positions']),
  kind('frontport', ['type', 'color', 'positions']),
  kind('modulebay', ['position', 'enabled']),
  kind('devicebay', ['enabled'], { modular: false }),
  kind('inventoryitem', ['role_id', 'manufacturer_id', 'part_id'], { modular: false }),
]
