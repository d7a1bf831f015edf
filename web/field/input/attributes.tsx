import { useEffect, useId, useRef } from 'react'
import { useMeta } from '../../api/meta.ts'
import styles from '../field.module.css'
import { type Fields, useSchema } from '../schema.ts'
import { json } from './json.tsx'
import { number } from './number.tsx'
import { select } from './select.tsx'
import { switch_ } from './switch.tsx'
import { text } from './text.tsx'
import { type InputProps, type InputView, Unfit } from './view.ts'

/** What a form holds: values as REST gave them, or, with `fields`, as the inputs of these hold them. */
interface Held {
  readonly fields?: Fields
  readonly values: Readonly<Record<string, unknown>>
}

/** Values under names that another object gives, each with an input of its own. */
export const attributes: InputView = {
  Input,
  group: true,
  read: value => ({ values: Object(value) as Held['values'] }) satisfies Held,
  write: value => {
    const { fields, values } = value as Held
    const all = Object.entries(values).map(([key, each]) => [key, fields ? written(fields, key, each) : each])
    return all.some(([, each]) => each !== null) ? Object.fromEntries(all) : null
  },
}

/** The inputs of what a schema can ask for. */
const inputs: Readonly<Record<string, InputView>> = { text, number, select, switch: switch_, json }
const inputOf = (widget: string) => inputs[widget] ?? text

/** What is sent of a value; null, which takes it away, for one that is no longer asked for. */
function written(fields: Fields, key: string, value: unknown): unknown {
  const field = fields[key]
  if (!field) return null
  try {
    const sent = inputOf(field.widget).write(value, field)
    if (field.required && (sent === null || sent === '')) throw new Unfit('This is required.')
    return sent
  } catch (error) {
    throw error instanceof Unfit ? new Unfit(`${field.label}: ${error.message}`) : error
  }
}

/** What the inputs of some fields hold: as before where they are the same, and else what there is, or the default. */
function heldBy(fields: Fields, { fields: before, values }: Held, defaults: boolean): Held {
  const own = Object.entries(fields).map(([key, field]) => {
    if (before?.[key]?.widget === field.widget) return [key, values[key]]
    const value = values[key] ?? (defaults ? field.default : undefined) ?? null
    return [key, inputOf(field.widget).read(value, field)]
  })
  return { fields, values: { ...values, ...Object.fromEntries(own) } }
}

function Input(props: InputProps) {
  const { value, field, model, narrow, onChange } = props
  const meta = useMeta()
  const unique = useId()
  const by = model.fields[field.by ?? '']
  const id = narrow?.[0]?.[1]
  const fields = useSchema(meta.models[by?.to?.[0] ?? ''], id)
  const held = useRef(value as Held)
  held.current = value as Held
  const first = useRef(id)
  useEffect(() => {
    if (!fields || first.current === id) return
    first.current = id
    onChange(heldBy(fields, held.current, true))
  }, [fields, id, onChange])
  if (!fields) return <p className={styles.muted}>…</p>
  const shown = heldBy(fields, value as Held, false)
  const keys = Object.keys(fields)
  if (!keys.length)
    return (
      <p className={styles.muted}>
        {id
          ? 'This one asks for nothing.'
          : `Choose a ${by?.label.toLowerCase() ?? 'kind'} first: it says what to tell.`}
      </p>
    )
  return (
    <div className={styles.sub}>
      {keys.map(key => {
        const each = fields[key]!
        const { Input: One } = inputOf(each.widget)
        return (
          <div key={key} className={styles.subEntry}>
            <label htmlFor={unique + key}>
              {each.label}
              {each.required && <span aria-hidden> *</span>}
            </label>
            <One
              name={key}
              field={each}
              model={model}
              value={shown.values[key]}
              onChange={next => onChange({ ...shown, values: { ...shown.values, [key]: next } })}
              id={unique + key}
              label={each.label}
              describedBy={each.help && `${unique}${key}-help`}
            />
            {each.help && <small id={`${unique}${key}-help`}>{each.help}</small>}
          </div>
        )
      })}
    </div>
  )
}
