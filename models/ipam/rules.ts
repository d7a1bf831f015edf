import type { RuleSet } from '@demarc/engine/model'
import aggregate from './aggregate.rules.ts'
import asn from './asn.rules.ts'
import asnrange from './asnrange.rules.ts'
import ipaddress from './ipaddress.rules.ts'
import iprange from './iprange.rules.ts'
import prefix from './prefix.rules.ts'
import service from './service.rules.ts'
import servicetemplate from './servicetemplate.rules.ts'
import vlan from './vlan.rules.ts'
import vlangroup from './vlangroup.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const ipamRules: readonly RuleSet[] = [
  aggregate,
  asn,
  asnrange,
  ipaddress,
  iprange,
  prefix,
  service,
  servicetemplate,
  vlan,
  vlangroup,
]
