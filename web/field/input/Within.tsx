import type { ModelMeta } from '@demarc/engine/meta'
import { type ReactNode, useState } from 'react'
import { titleCase, useMeta } from '../../api/meta.ts'
import type { Params } from '../../api/query.ts'
import styles from '../field.module.css'
import { parentOf } from '../plain.ts'
import { Picker, type Picked } from './Picker.tsx'

const parents = ['device', 'virtual_machine', 'circuit', 'power_panel'] as const

/** For parts of another object: first that object, which then narrows what is picked; unless the form asks for it itself. */
export function Within(props: {
  model: ModelMeta
  /** The model whose form it stands in. */
  form?: ModelMeta
  narrow?: Params | undefined
  example?: Picked | null | undefined
  children: (narrow: Params) => ReactNode
}) {
  const { model, form, narrow = [], example } = props
  const meta = useMeta()
  const key = parents.find(each => model.fields[each]?.widget === 'ref' && model.fields[each]?.required)
  const owner = key && meta.models[model.fields[key]!.to![0]!]
  const [chosen, setChosen] = useState<Picked | null>()
  const asked = key && owner && form?.fields[key]?.to?.[0] === owner.name
  if (!key || !owner || asked || narrow.length) return <>{props.children(narrow)}</>
  const parent = chosen === undefined ? ((parentOf(example) as Picked | undefined) ?? null) : chosen
  return (
    <div className={styles.pair}>
      <Picker
        model={owner}
        label={titleCase(owner.label)}
        placeholder={`Any ${owner.label}`}
        value={parent}
        onChange={setChosen}
      />
      {props.children(parent ? [[`${key}_id`, String(parent.id)]] : [])}
    </div>
  )
}
