import { rules } from '@demarc/engine/model'
import { plainComponent } from './component-rules.ts'
import { diameterChecks, diameterStore, upstreamOf, type Upstream } from './coolant.ts'
import { CoolingOutflow } from './coolingoutflow.ts'

export default rules(CoolingOutflow, {
  refs: [...plainComponent.refs, 'cooling_intake'],
  load: async ({ changes, tx, rowsOf }) => {
    const intakes = await rowsOf(
      'dcim.coolingintake',
      changes.map(change => change.row['cooling_intake_id']),
    )
    return upstreamOf(
      tx,
      [...intakes.values()].flatMap(intake => intake.cooling_outflow_id ?? []),
    )
  },
  check: {
    ...plainComponent.check,
    ...diameterChecks,
    'an outflow is supplied by an intake of its own device': ({ row, ref, fail }) => {
      const intake = ref('cooling_intake')
      if (intake && intake.device_id !== row['device_id'])
        fail(null, `Cooling intake (${intake.name}) must belong to the same device`)
    },
    'coolant does not run in a circle': ({ id, ref, fail }, upstream: ReadonlyMap<number, Upstream>) => {
      const above = upstream.get(ref('cooling_intake')?.cooling_outflow_id)
      if (above?.loops || above?.outflows.includes(id)) fail(null, 'The chain of cooling components forms a loop.')
    },
  },
  store: { ...plainComponent.store, ...diameterStore },
})
