import { rules, type Registry } from '../model/index.ts'
import { constraintFault } from './constrain.ts'
import { ObjectPermission } from './objectpermission.ts'

/** Tables of the engine's own that permissions are about all the same. */
const assignable = new Set([
  'core.configrevision',
  'core.managedfile',
  'extras.dashboard',
  'extras.scriptmodule',
  'extras.taggeditem',
])

export default rules(ObjectPermission, {
  load: async ({ registry }) => registry,
  check: {
    'permissions are about objects that clients can reach': ({ row, changed, fail }, registry: Registry) => {
      if (!changed('object_types')) return
      for (const name of row['object_types'] as string[])
        if (name === 'core.objecttype' || (registry.model(name).spec.internal && !assignable.has(name)))
          fail('object_types', `Invalid content type: ${name}`)
    },
    'constraints lead somewhere on every type of object': ({ row, changed, fail }, registry: Registry) => {
      const { constraints } = row
      if (constraints === null || !changed('constraints', 'object_types')) return
      const alternatives: unknown[] = Array.isArray(constraints) ? constraints : [constraints]
      for (const one of alternatives) {
        if (typeof one !== 'object' || one === null || Array.isArray(one)) {
          fail('constraints', 'Constraints must be an object, or a list of objects.')
          return
        }
        for (const [key, value] of Object.entries(one))
          for (const name of row['object_types'] as string[]) {
            const fault = constraintFault(registry, registry.model(name), key, value)
            if (fault) fail('constraints', fault)
          }
      }
    },
  },
})
