import { refs } from '@demarc/engine/field'
import { related, type Load } from '@demarc/engine/model'
import { sql } from 'kysely'

/** The types of bay that a bay is of, or that a module fits; none stands for any. The type sees them under the name given. */
export const moduleBayTypes = (inverse: string, help: string) =>
  ({
    module_bay_types: refs('dcim.modulebaytype', { help, inverse, filter: false, file: { common: 'manufacturer' } }),
  }) as const

/** Bays and module types are found by their types of bay. */
export const moduleBayTypeFilter = { module_bay_type: related('module_bay_types') }

/** For installed modules, by the column that is asked about, whether bay and module type have a type of bay in common. */
const compatibility =
  (by: 'module_bay_id' | 'id'): Load =>
  ids => {
    const ofBay = sql`select modulebaytype_id from dcim_modulebay_module_bay_types where modulebay_id = module.module_bay_id`
    const ofModule = sql`select modulebaytype_id from dcim_moduletype_module_bay_types where moduletype_id = module.module_type_id`
    return sql`
      select ${sql.ref(by)} as id,
        to_json(not exists (${ofBay}) or not exists (${ofModule}) or exists (${ofBay} intersect ${ofModule})) as value
      from dcim_module as module
      where ${sql.ref(by)} = any(${ids})`
  }

/** Whether modules fit the bays that they are in. */
export const modulesFit = compatibility('id')
/** Whether bays fit the modules that are in them; an empty bay has no answer. */
export const baysFit = compatibility('module_bay_id')
