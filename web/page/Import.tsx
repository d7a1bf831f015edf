import type { ModelMeta } from '@demarc/engine/meta'
import { Alert, Button, Select, Textarea } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import IconUpload from '@tabler/icons-react/icons/IconUpload'
import { useQueryClient } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { ApiError, send } from '../api/client.ts'
import { titleCase } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { fieldsOf } from '../form/draft.ts'
import form from '../form/form.module.css'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Forbidden } from './Forbidden.tsx'
import styles from './Import.module.css'
import { Unknown } from './Unknown.tsx'
import { useAddress } from './useModel.ts'

/** Many objects at once, from a text or a file. */
export function Import() {
  const { model, path } = useAddress()
  if (!model) return <Unknown path={path} />
  if (!model.may.includes('add'))
    return <Forbidden permission={model.name.replace('.', '.add_')} detail="You may not make these." />
  return <ImportPage key={model.name} model={model} />
}

interface Done {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly objects: readonly { readonly id?: number; readonly display: string; readonly action: string }[]
}

interface RowError {
  readonly row?: number
  readonly field?: string
  readonly message: string
}

const formats = [
  { value: 'auto', label: 'Automatic' },
  { value: 'csv', label: 'CSV' },
  { value: 'json', label: 'JSON' },
  { value: 'yaml', label: 'YAML' },
]
const delimiters = [
  { value: '', label: 'Automatic' },
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Bar' },
]

function ImportPage({ model }: { model: ModelMeta }) {
  const client = useQueryClient()
  const [data, setData] = useState('')
  const [format, setFormat] = useState('auto')
  const [delimiter, setDelimiter] = useState('')
  const [busy, setBusy] = useState<'try' | 'import'>()
  const [tried, setTried] = useState<Done>()
  const [done, setDone] = useState<Done>()
  const [errors, setErrors] = useState<readonly RowError[]>([])
  const [over, setOver] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  useDocumentTitle(`Import ${model.plural} · Demarc`)

  const change = (text: string) => {
    setData(text)
    setTried(undefined)
    setDone(undefined)
    setErrors([])
  }
  const take = async (files: FileList | null | undefined) => {
    if (files?.[0]) change(await files[0].text())
  }
  const run = async (dry: boolean) => {
    setBusy(dry ? 'try' : 'import')
    setErrors([])
    setDone(undefined)
    try {
      const answer = await send<Done>('POST', `/ui/import/${model.name}`, {
        data,
        format,
        ...(delimiter && { delimiter }),
        dry_run: dry,
      })
      if (dry) setTried(answer)
      else {
        setTried(undefined)
        setDone(answer)
        notify({ text: `${titleCase(summary(answer))}.` })
        void refresh(client, model)
      }
    } catch (error) {
      setTried(undefined)
      const items = error instanceof ApiError ? (error.items as unknown as readonly RowError[]) : []
      setErrors(items.length ? items : [{ message: error instanceof Error ? error.message : String(error) }])
    } finally {
      setBusy(undefined)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files)
  }
  return (
    <div className={form.page}>
      <div className={styles.body}>
        <header className={form.header}>
          <span className={form.icon}>
            <Icon name={model.icon} size={20} />
          </span>
          <div>
            <h1>Import {model.plural}</h1>
            <p>Paste rows, or drop a file. Rows with an id change what is there; the others are new.</p>
          </div>
        </header>
        <div className={styles.columns}>
          <div className={form.sheet}>
            <section className={form.group} aria-label="Data">
              <div className={form.entries}>
                <div
                  className={styles.drop}
                  data-over={over || undefined}
                  onDragOver={event => {
                    event.preventDefault()
                    setOver(true)
                  }}
                  onDragLeave={() => setOver(false)}
                  onDrop={drop}
                >
                  <Textarea
                    aria-label="Data"
                    placeholder={example(model)}
                    value={data}
                    onChange={event => change(event.currentTarget.value)}
                    rows={12}
                    resize="vertical"
                    spellCheck={false}
                    wrap="off"
                    classNames={{ input: styles.mono! }}
                  />
                </div>
                <div className={styles.options}>
                  <input
                    ref={file}
                    type="file"
                    hidden
                    aria-label="File"
                    accept=".csv,.json,.yaml,.yml,.txt,.tsv"
                    onChange={event => {
                      void take(event.currentTarget.files)
                      event.currentTarget.value = ''
                    }}
                  />
                  <Button
                    size="sm"
                    variant="default"
                    leftSection={<IconUpload size={15} />}
                    onClick={() => file.current?.click()}
                  >
                    Choose a file…
                  </Button>
                  <Select
                    label="Format"
                    data={formats}
                    value={format}
                    allowDeselect={false}
                    onChange={value => setFormat(value ?? 'auto')}
                  />
                  {format !== 'json' && format !== 'yaml' && (
                    <Select
                      label="Between values"
                      data={delimiters}
                      value={delimiter}
                      allowDeselect={false}
                      onChange={value => setDelimiter(value ?? '')}
                    />
                  )}
                </div>
              </div>
            </section>
            <div aria-live="polite" className={form.sheet}>
              {errors.length > 0 && <Errors model={model} errors={errors} />}
              {tried && <Outcome model={model} outcome={tried} dry />}
              {done && <Outcome model={model} outcome={done} />}
            </div>
          </div>
          <Columns model={model} />
        </div>
      </div>
      <div className={form.bar}>
        <div className={form.actions}>
          <Button
            size="sm"
            variant={tried ? 'default' : 'filled'}
            disabled={!data.trim()}
            loading={busy === 'try'}
            onClick={() => void run(true)}
          >
            Try it out
          </Button>
          <Button
            size="sm"
            variant={tried ? 'filled' : 'default'}
            disabled={!data.trim() || Boolean(done)}
            loading={busy === 'import'}
            onClick={() => void run(false)}
          >
            Import
          </Button>
          <Button size="sm" variant="subtle" color="gray" component={Go} href={model.path}>
            {done ? 'To the list' : 'Cancel'}
          </Button>
        </div>
        <span className={form.hint}>Trying it out changes nothing</span>
      </div>
    </div>
  )
}

function summary({ created, updated, unchanged }: Done): string {
  const parts = [
    created && `${created.toLocaleString('en')} created`,
    updated && `${updated.toLocaleString('en')} updated`,
    unchanged && `${unchanged.toLocaleString('en')} unchanged`,
  ].filter(Boolean)
  return parts.join(', ') || 'nothing to do'
}

const most = 200

function Outcome({ model, outcome, dry }: { model: ModelMeta; outcome: Done; dry?: boolean }) {
  return (
    <section className={form.group} aria-label={dry ? 'What would happen' : 'What happened'}>
      <h2>
        {dry ? 'It would work: ' : 'Done: '}
        {summary(outcome)}
      </h2>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Rows">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">{titleCase(model.label)}</th>
              <th scope="col">{dry ? 'Would be' : 'Was'}</th>
            </tr>
          </thead>
          <tbody>
            {outcome.objects.slice(0, most).map((object, index) => (
              <tr key={index}>
                <td>{index + 1}</td>
                <td>
                  {object.id && !(dry && object.action === 'created') ? (
                    <Go href={`${model.path}${object.id}/`}>{object.display}</Go>
                  ) : (
                    object.display
                  )}
                </td>
                <td data-action={object.action}>{object.action}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {outcome.objects.length > most && (
          <p className={styles.more}>and {(outcome.objects.length - most).toLocaleString('en')} more</p>
        )}
      </div>
    </section>
  )
}

function Errors({ model, errors }: { model: ModelMeta; errors: readonly RowError[] }) {
  const rows = new Set(errors.flatMap(({ row }) => (row ? [row] : []))).size
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      title={
        rows
          ? `${rows === 1 ? 'One row needs' : `${rows} rows need`} another look; nothing was imported`
          : 'Nothing was imported'
      }
    >
      <ul className={styles.errors}>
        {errors.slice(0, most).map(({ row, field, message }, index) => (
          <li key={index}>
            {Boolean(row) && <b>Row {row}</b>}
            {field && field !== '__all__' && <code>{model.fields[field]?.label ?? field}</code>} {message}
          </li>
        ))}
        {errors.length > most && <li>and {errors.length - most} more</li>}
      </ul>
    </Alert>
  )
}

function Columns({ model }: { model: ModelMeta }) {
  const fields = Object.entries(fieldsOf(model))
  const sorted = fields.toSorted(([, a], [, b]) => Number(Boolean(b.required)) - Number(Boolean(a.required)))
  return (
    <section className={form.group} aria-label="Columns">
      <h2>Columns</h2>
      <div className={styles.fields} tabIndex={0} role="region" aria-label="Columns that may be given">
        <dl>
          {sorted.map(([key, field]) => (
            <div key={key}>
              <dt>
                <code>{(field.sent ?? [key]).join(', ')}</code>
                {field.required && <span className={styles.required}>required</span>}
              </dt>
              <dd>
                {field.choices && field.choices.length < 12 && ['select', 'multiselect'].includes(field.widget)
                  ? field.choices.map(([value]) => value).join(', ')
                  : (field.help ?? hintOf(field.widget) ?? field.label)}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  )
}

const hints: Readonly<Record<string, string>> = {
  ref: 'Name, slug or id of the other',
  refs: 'Names, slugs or ids, with commas between',
  tags: 'Slugs, with commas between',
  switch: 'true or false',
  anyRef: 'Kind, as dcim.site, and id',
  date: 'As 2026-12-31',
}
const hintOf = (widget: string) => hints[widget]

/** The first lines of a fitting CSV. */
function example(model: ModelMeta): string {
  const fields = fieldsOf(model)
  const wanted = Object.keys(fields).filter(key => fields[key]!.required)
  const columns = (wanted.length ? wanted : Object.keys(fields).slice(0, 3)).slice(0, 6)
  const sample = (key: string) => {
    const field = fields[key]!
    if (field.choices?.[0]) return String(field.choices[0][0])
    if (key === 'slug') return 'one'
    return field.widget === 'number' ? '1' : field.widget === 'address' ? '10.0.0.0/24' : 'One'
  }
  return `${columns.join(',')}\n${columns.map(sample).join(',')}`
}
