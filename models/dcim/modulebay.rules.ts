import { rules } from '@demarc/engine/model'
import { componentChecks, componentRefs, componentStore } from './component-rules.ts'
import { ModuleBay } from './modulebay.ts'

export default rules(ModuleBay, {
  refs: [...componentRefs, 'module', 'module.module_bay'],
  check: {
    ...componentChecks,
    'a bay is not inside a module that it holds': ({ before, id, ref, fail }) => {
      const above = String(ref('module.module_bay')?.path ?? '').split('.')
      if (before && above.map(Number).includes(id))
        fail(null, 'A module bay cannot belong to a module installed within it.')
    },
  },
  store: {
    ...componentStore,
    'a bay of a module hangs below the bay that the module is in': ({ row, ref }) => {
      row['parent_id'] = ref('module')?.module_bay_id ?? null
    },
  },
})
