import { choice, choices, decimal, ref, stored } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { DiameterUnit, FlowRateUnit } from '../units.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'
import { linkShape } from './shapes.ts'

export const CoolingConnectorType = choices('CoolingConnectorType', {
  uqd: ['UQD (Universal Quick Disconnect)'],
  uqdb: ['UQDB (Universal Quick Disconnect, Blind-mate)'],
  qdc: ['QDC (Quick Disconnect Coupling)'],
  camlock: ['Camlock (cam-and-groove)'],
  npt: ['NPT (threaded)'],
  bsp: ['BSP (threaded)'],
  proprietary: ['Proprietary'],
})

export const CoolingIntake = model('dcim.coolingintake', {
  label: 'cooling intake',
  about: 'Where a device takes in coolant.',

  fields: {
    ...modularComponent('coolingintakes', 'cooling_intake_count'),
    type: choice(CoolingConnectorType, { nullable: true, help: 'Physical connector type', filter: { notNull: true } }),
    diameter: decimal({ digits: 8, places: 2, min: 0.01, nullable: true }),
    diameter_unit: choice(DiameterUnit, { nullable: true, filter: { notNull: true } }),
    max_flow: decimal({ digits: 8, places: 2, min: 0.01, nullable: true }),
    max_flow_unit: choice(FlowRateUnit, { nullable: true, filter: { notNull: true } }),
    cooling_outflow: ref('dcim.coolingoutflow', {
      file: { within: { cooling_outflow_device: 'device' } },
      nullable: true,
      help: 'The upstream cooling outflow supplying this intake',
      onDelete: 'set null',
      inverse: 'coolingintakes',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display_url', 'display', { device: linkShape }, 'name'],
    }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
    _abs_max_flow: stored<number | null>('numeric(13,4)', { nullable: true }),
    ...componentRest,
  },

  ...componentSpec,
  search: { name: 100, label: 200, description: 500 },
  brief: ['device', 'name', 'description'],
  clone: ['device', 'module', 'type', 'diameter', 'diameter_unit', 'max_flow', 'max_flow_unit'],

  filters: componentFilters,

  file: {
    table: {
      first: [
        'name',
        'device',
        'label',
        'type',
        'diameter',
        ['max_flow', 'Max Flow'],
        ['cooling_outflow', 'Cooling Outflow'],
        'description',
      ],
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
    columns: { cooling_outflow_device: { to: 'dcim.device' } },
  },

  ui: {
    icon: 'snowflake',
    columns: ['name', 'device', 'label', 'type', 'diameter', 'max_flow', 'cooling_outflow', 'description'],
    form: {
      'Cooling intake': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'diameter',
        'diameter_unit',
        'max_flow',
        'max_flow_unit',
        'cooling_outflow',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingintake: RowOf<typeof CoolingIntake>
  }
}
