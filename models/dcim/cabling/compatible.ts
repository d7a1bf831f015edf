const ports = ['dcim.frontport', 'dcim.rearport']
const console = ['dcim.consoleport', 'dcim.consoleserverport']

/** What may be at the other end of a cable, by what is at one. */
const partners: Readonly<Record<string, readonly string[]>> = {
  'circuits.circuittermination': ['circuits.circuittermination', 'dcim.interface', ...ports],
  'dcim.consoleport': ['dcim.consoleserverport', ...ports],
  'dcim.consoleserverport': ['dcim.consoleport', ...ports],
  'dcim.frontport': ['circuits.circuittermination', 'dcim.interface', ...console, ...ports],
  'dcim.interface': ['circuits.circuittermination', 'dcim.interface', ...ports],
  'dcim.powerfeed': ['dcim.powerport'],
  'dcim.poweroutlet': ['dcim.powerport'],
  'dcim.powerport': ['dcim.powerfeed', 'dcim.poweroutlet'],
  'dcim.rearport': ['circuits.circuittermination', 'dcim.interface', ...console, ...ports],
}

/** What may be at the other end of a cable from a kind of object; nothing for what takes no cables. */
export const partnersOf = (model: string): readonly string[] => partners[model] ?? []

/** Whether a cable may lead from one kind of object to another. */
export const mayConnect = (one: string, other: string) => partnersOf(one).includes(other)
