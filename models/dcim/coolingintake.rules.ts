import { rules } from '@demarc/engine/model'
import { plainComponent } from './component-rules.ts'
import { diameterChecks, diameterStore, flowChecks, flowStore, upstreamOf, type Upstream } from './coolant.ts'
import { CoolingIntake } from './coolingintake.ts'

export default rules(CoolingIntake, {
  ...plainComponent,
  load: ({ changes, tx }) =>
    upstreamOf(
      tx,
      changes.flatMap(change => change.row['cooling_outflow_id'] ?? []),
    ),
  check: {
    ...plainComponent.check,
    ...diameterChecks,
    ...flowChecks,
    'coolant does not run in a circle': ({ id, row, fail }, upstream: ReadonlyMap<number, Upstream>) => {
      const above = upstream.get(row['cooling_outflow_id'])
      if (above?.loops || above?.intakes.includes(id)) fail(null, 'The chain of cooling components forms a loop.')
    },
  },
  store: { ...plainComponent.store, ...diameterStore, ...flowStore },
})
