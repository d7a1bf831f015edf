import { inTransaction, type Database } from '@demarc/engine/database'
import { reindex } from '@demarc/engine/search'
import { registry } from '@demarc/models'

const text = (title: string) => ({ type: 'string', title })
const whole = (title: string) => ({ type: 'integer', title })
const one = (title: string, ...values: readonly string[]) => ({ type: 'string', title, enum: values })

/** Classes of module types, each with the attributes that its modules have. */
const profiles: readonly { readonly name: string; readonly schema: object }[] = [
  {
    name: 'CPU',
    schema: {
      properties: {
        architecture: text('Architecture'),
        speed: { type: 'number', title: 'Speed (GHz)' },
        cores: whole('Cores'),
      },
    },
  },
  { name: 'Fan', schema: { properties: { rpm: whole('Speed (RPM)') } } },
  {
    name: 'GPU',
    schema: {
      properties: {
        interface: one('Interface', 'PCIe 4.0', 'PCIe 4.0 x8', 'PCIe 4.0 x16', 'PCIe 5.0 x16'),
        gpu: text('GPU'),
        memory: whole('Memory (GB)'),
      },
      required: ['memory'],
    },
  },
  {
    name: 'Hard disk',
    schema: {
      properties: {
        type: { ...one('Kind', 'HD', 'SSD', 'NVME'), default: 'SSD' },
        size: whole('Size (GB)'),
        speed: whole('Speed (RPM)'),
      },
      required: ['size'],
    },
  },
  {
    name: 'Memory',
    schema: {
      properties: {
        class: { ...one('Class', 'DDR3', 'DDR4', 'DDR5'), default: 'DDR5' },
        size: whole('Size (GB)'),
        data_rate: whole('Data rate (MT/s)'),
        ecc: { type: 'boolean', title: 'ECC' },
      },
      required: ['class', 'size'],
    },
  },
  {
    name: 'Power supply',
    schema: {
      properties: {
        input_current: { ...one('Input current', 'AC', 'DC'), default: 'AC' },
        input_voltage: { ...whole('Input voltage (V)'), default: 120 },
        wattage: whole('Output (W)'),
        hot_swappable: { type: 'boolean', title: 'Hot-swappable', default: false },
      },
      required: ['input_current', 'input_voltage'],
    },
  },
  {
    name: 'Expansion card',
    schema: { properties: { connector_type: text('Connector'), bandwidth: whole('Bandwidth') } },
  },
  {
    name: 'Transceiver',
    schema: {
      properties: {
        form_factor: text('Form factor'),
        media: text('Medium'),
        phy: text('PHY'),
        data_rate: text('Data rate'),
        connector_type: text('Connector'),
        reach: { type: 'number', title: 'Reach (m)' },
      },
    },
  },
]

/** The module type profiles that a new database comes with. Nobody made them, so the change log tells of none. */
export async function addProfiles(db: Database): Promise<void> {
  await inTransaction(db, async tx => {
    await tx.query(
      `insert into dcim_moduletypeprofile (created, last_updated, name, schema, description, comments, custom_fields)
       select now(), now(), name, schema, '', '', '{}' from jsonb_to_recordset($1::jsonb) as v(name text, schema jsonb)`,
      [JSON.stringify(profiles)],
    )
    tx.touch('dcim_moduletypeprofile')
    await reindex(db, tx, registry)
  })
}
