import { choice, decimal, ref, stored } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { DiameterUnit } from '../units.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'
import { CoolingConnectorType } from './coolingintake.ts'

export const CoolingOutflow = model('dcim.coolingoutflow', {
  label: 'cooling outflow',
  about: 'Where a device gives back coolant.',

  fields: {
    ...modularComponent('coolingoutflows', 'cooling_outflow_count'),
    type: choice(CoolingConnectorType, { nullable: true, help: 'Physical connector type', filter: { notNull: true } }),
    diameter: decimal({ digits: 8, places: 2, min: 0.01, nullable: true }),
    diameter_unit: choice(DiameterUnit, { nullable: true, filter: { notNull: true } }),
    cooling_intake: ref('dcim.coolingintake', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'coolingoutflows',
      filter: { only: 'id' },
    }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
    ...componentRest,
  },

  ...componentSpec,
  search: { name: 100, label: 200, description: 500 },
  brief: ['device', 'name', 'description'],
  clone: ['device', 'module', 'type', 'diameter', 'diameter_unit', 'cooling_intake'],

  filters: componentFilters,

  file: {
    table: {
      first: ['name', 'device', 'label', 'type', 'diameter', ['cooling_intake', 'Cooling Intake'], 'description'],
      more: [
        'id',
        ['module.module_bay', 'Module Bay'],
        'module',
        ['inventory_items', 'Inventory Items'],
        'tags',
        'created',
        'last_updated',
        'device.location',
        'device.site',
        'device.status',
      ],
    },
  },

  ui: {
    icon: 'wind',
    columns: ['name', 'device', 'label', 'type', 'diameter', 'cooling_intake', 'description'],
    form: {
      'Cooling outflow': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'diameter',
        'diameter_unit',
        'cooling_intake',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingoutflow: RowOf<typeof CoolingOutflow>
  }
}
