import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Modal, Select } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { kindsOf, type Row, titleCase, useMeta } from '../api/meta.ts'
import { detailQuery, type Params } from '../api/query.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { MultiPicker, Picker, type Picked } from '../field/input/Picker.tsx'
import { parentOf, plain } from '../field/plain.ts'
import { type Closing, useClosing } from '../form/Discard.tsx'
import { type Values, valuesOf } from '../form/draft.ts'
import formStyles from '../form/form.module.css'
import { create } from '../form/save.ts'
import { Nest } from '../form/Nest.tsx'
import { Sheet, useForm } from '../form/Sheet.tsx'
import { Lanes } from './Lanes.tsx'
import { previewOf } from './preview.ts'
import { routesQuery } from './route.ts'
import styles from './connect.module.css'

/** What is asked about a new cable besides its ends. */
const asked = ['status', 'profile', 'type', 'label', 'color', 'length', 'length_unit', 'description', 'tags']

/** Plugs a cable into an object: the other end is found by its site and by what holds it. */
export function Connect({ model, id, onClose }: { model: ModelMeta; id: string; onClose: () => void }) {
  const cables = useMeta().models['dcim.cable']
  const client = useQueryClient()
  const { data: row, isPlaceholderData } = useQuery(detailQuery(client, model, id))
  const closing = useClosing(onClose)
  if (!cables || !row || isPlaceholderData) return null
  return (
    <Modal opened onClose={closing.close} title={`Connect ${row.display}`} size={760} closeOnClickOutside={false}>
      <Nest>
        <CableForm model={model} row={row} cables={only(cables)} closing={closing} onClose={onClose} />
      </Nest>
      {closing.question}
    </Modal>
  )
}

/** The form of a cable without its ends. */
const only = (cables: ModelMeta): ModelMeta => ({
  ...cables,
  fields: Object.fromEntries(Object.entries(cables.fields).filter(([key]) => asked.includes(key))),
  form: [{ name: 'Cable', fields: asked }],
})

function CableForm(props: { model: ModelMeta; row: Row; cables: ModelMeta; closing: Closing; onClose: () => void }) {
  const { model, row, cables, closing, onClose } = props
  const meta = useMeta()
  const client = useQueryClient()
  const [initial] = useState<Values>(() => valuesOf(cables))
  const form = useForm(cables, initial)
  const [near, setNear] = useState<readonly Picked[]>([row])
  const [far, setFar] = useState<readonly Picked[]>([])
  const { data } = useQuery(routesQuery(model, String(row.id)))
  const targets = (data?.partners ?? []).flatMap(name => meta.models[name] ?? [])
  const [kind, setKind] = useState<string>()
  const target = targets.find(each => each.name === kind) ?? targets.find(each => each === model) ?? targets[0]
  const [busy, setBusy] = useState(false)
  const dirty = form.dirty || far.length > 0 || near.length !== 1 || near[0] !== row
  useEffect(() => {
    closing.dirty.current = dirty
  }, [closing.dirty, dirty])
  const save = async () => {
    if (busy || !target) return
    if (!near.length || !far.length)
      return form.fail({
        __all__: [`Choose what the cable is plugged into on ${far.length ? 'this' : 'the other'} side.`],
      })
    setBusy(true)
    const ends = (of: ModelMeta, rows: readonly Picked[]) =>
      rows.map(({ id }) => ({ object_type: of.name, object_id: id }))
    const cable = await create(cables, form, { a_terminations: ends(model, near), b_terminations: ends(target, far) })
    setBusy(false)
    if (!cable) return
    notify({
      text: `Cable ${cable.display} was plugged in.`,
      link: { href: `${cables.path}${cable.id}/`, label: 'Open' },
    })
    void refresh(client, cables)
    onClose()
  }
  return (
    <div
      onKeyDown={event => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void save()
      }}
    >
      <div className={styles.ends}>
        <section aria-label="This side">
          <h3>This side</h3>
          <p className={styles.holder}>
            {titleCase(model.label)} of {plain(parentOf(row)) || 'the same'}
          </p>
          <MultiPicker model={model} narrow={besides(row)} value={near} onChange={setNear} label="This side" />
        </section>
        <section aria-label="Other side">
          <h3>Other side</h3>
          {target && (
            <>
              <Select
                aria-label="What kind"
                data={kindsOf(targets)}
                value={target.name}
                allowDeselect={false}
                onChange={name => {
                  setKind(name ?? undefined)
                  setFar([])
                }}
              />
              <OtherSide key={target.name} model={target} near={row} value={far} onChange={setFar} />
            </>
          )}
        </section>
      </div>
      {near.length > 0 && far.length > 0 && target && (
        <div className={styles.preview}>
          <Lanes
            {...previewOf(cables, form.values, [model, near], [target, far])}
            here={`${model.name}:${row.id}`}
            plain
          />
        </div>
      )}
      <div className={styles.cable}>
        <Sheet model={cables} form={form} />
      </div>
      <div className={formStyles.modalBar}>
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" loading={busy} onClick={() => void save()}>
          Connect
        </Button>
      </div>
    </div>
  )
}

const holders = ['device', 'circuit', 'power_panel'] as const

/** Free objects of the same holder: a cable may have several of them at one end. */
function besides(row: Row): Params {
  const key = holders.find(each => row[each])
  return [...(key ? [[`${key}_id`, String((row[key] as Row).id)] as const] : []), ['occupied', 'false']]
}

/** Only what has ports of a kind at all, where it counts them. */
function having(owner: ModelMeta, { label }: ModelMeta): Params {
  const count = `${label.replaceAll(' ', '_')}_count`
  return owner.fields[count] ? [[`${count}__gt`, '0']] : []
}

/** Site, then what holds the port, then the port; each narrows the next, none is needed. */
function OtherSide(props: {
  model: ModelMeta
  near: Row
  value: readonly Picked[]
  onChange: (value: readonly Picked[]) => void
}) {
  const { model, value, onChange } = props
  const meta = useMeta()
  const [site, setSite] = useState<Picked | null>(null)
  const [holder, setHolder] = useState<Picked | null>(null)
  const key = holders.find(each => model.fields[each]?.widget === 'ref')
  const owner = key && meta.models[model.fields[key]!.to![0]!]
  const sites = meta.models['dcim.site']
  const narrow: Params = [
    ['occupied', 'false'],
    ...(holder && key ? [[`${key}_id`, String(holder.id)] as const] : []),
    ...(site && !holder && model.filters.site ? [['site_id', String(site.id)] as const] : []),
  ]
  return (
    <>
      {sites && owner && (
        <div className={styles.pair}>
          <Picker
            model={sites}
            label="Site"
            placeholder="Any site"
            value={site}
            onChange={next => {
              setSite(next)
              setHolder(null)
            }}
          />
          <Picker
            model={owner}
            label={titleCase(owner.label)}
            placeholder={`Any ${owner.label}`}
            narrow={[...(site ? [['site_id', String(site.id)] as const] : []), ...having(owner, model)]}
            value={holder}
            onChange={setHolder}
            autoFocus
          />
        </div>
      )}
      <MultiPicker
        model={model}
        narrow={narrow}
        value={value}
        onChange={onChange}
        label={titleCase(model.label)}
        placeholder={`Which ${model.label}…`}
      />
    </>
  )
}
