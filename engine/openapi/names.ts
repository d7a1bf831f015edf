import { isChoice, isRef, type Model } from '../model/index.ts'
import type { Field } from '../field/index.ts'

/** What a model is called in the document: `DeviceType` for "device type". */
export const nameOf = (model: Model): string =>
  model.spec.schemaName ??
  model.spec.label
    .split(/[\s-]+/)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

/** What is sent of a model: a name of its own where it is not what is received, as a choice by its value alone. */
export const requestNameOf = (model: Model): string =>
  Object.values(model.spec.derived ?? {}).some(derived => derived.choices) ||
  Object.values<Field>(model.fields).some(
    field =>
      !field.options.readonly &&
      !field.options.hidden &&
      ((isChoice(field) && !('bare' in field.options && field.options.bare)) || (isRef(field) && field.options.nested)),
  )
    ? `Writable${nameOf(model)}Request`
    : `${nameOf(model)}Request`

/** Start of the operations at an address: `dcim_sites` for `/api/dcim/sites/{id}/`. */
export const operationsAt = (path: string): string =>
  path
    .replace(/^\/api\//, '')
    .replace(/\/\{\w+\}/g, '')
    .replace(/\/$/, '')
    .replace(/[/-]/g, '_')
