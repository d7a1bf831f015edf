import type { Field } from '../field/index.ts'

/** Whether templates see a field: what clients are never shown, they are not either. */
export const isVisible = (field: Field<any>): boolean => !field.options.hidden && !field.options.writeOnly
