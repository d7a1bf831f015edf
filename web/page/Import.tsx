import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import IconUpload from '@tabler/icons-react/icons/IconUpload'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react'
import { ApiError, get, send } from '../api/client.ts'
import { titleCase, useMeta } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { Picker, type Picked } from '../field/input/Picker.tsx'
import { Background, type Left, tellOfJob } from '../form/Background.tsx'
import { fieldsOf } from '../form/draft.ts'
import form from '../form/form.module.css'
import { Headings } from '../import/Headings.tsx'
import styles from '../import/import.module.css'
import { type Done, Errors, Outcome, type RowError, summary } from '../import/Outcome.tsx'
import { recordsOf, type Sort, sortOf } from '../import/records.ts'
import { Reference } from '../import/Reference.tsx'
import { columnsQuery } from '../import/reference.ts'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Forbidden } from './Forbidden.tsx'
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
  const [message, setMessage] = useState('')
  const [background, setBackground] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const { data: columns } = useQuery(columnsQuery(model))
  const meta = useMeta()
  const files = meta.models['core.datafile']
  const [picked, setPicked] = useState<Picked | null>(null)
  const sort = format === 'auto' ? (delimiter ? 'csv' : sortOf(data)) : (format as Sort)
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
      const answer = await send<Done | Left>('POST', `/ui/import/${model.name}`, {
        data,
        format,
        ...(delimiter && { delimiter }),
        ...(message && { changelog_message: message }),
        ...(dry ? { dry_run: true } : background && { background: true }),
      })
      if ('job' in answer) tellOfJob(meta, answer)
      else if (dry) setTried(answer)
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
  const pick = async (row: Picked | null) => {
    setPicked(row)
    if (!row) return
    try {
      change((await get<{ data: string }>(`/ui/data-file/${row.id}`)).data)
    } catch (error) {
      setErrors([{ message: error instanceof Error ? error.message : String(error) }])
    }
  }
  const paste = (event: ClipboardEvent) => {
    if (!event.clipboardData.files.length) return
    event.preventDefault()
    void take(event.clipboardData.files)
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
                    onPaste={paste}
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
                  {files && (
                    <div>
                      <label className={form.label} htmlFor="data-file">
                        Data file
                      </label>
                      <Picker
                        model={files}
                        id="data-file"
                        label="Data file"
                        placeholder="From a data source…"
                        value={picked}
                        onChange={row => void pick(row)}
                      />
                    </div>
                  )}
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
            <section className={form.group} aria-label="How it is done">
              <div className={form.entries}>
                {model.features.includes('change_logging') && (
                  <TextInput
                    label="Reason"
                    description="Kept in the change log"
                    value={message}
                    maxLength={200}
                    onChange={event => setMessage(event.currentTarget.value)}
                  />
                )}
                <Background checked={background} onChange={setBackground} />
              </div>
            </section>
            {columns && sort === 'csv' && (
              <Headings model={model} columns={columns} data={data} delimiter={delimiter} onChange={change} />
            )}
            <div aria-live="polite" className={form.sheet}>
              {errors.length > 0 && (
                <Errors model={model} errors={errors} records={sort ? recordsOf(data, sort) : []} />
              )}
              {tried && <Outcome model={model} outcome={tried} dry />}
              {done && <Outcome model={model} outcome={done} />}
            </div>
          </div>
          {columns && <Reference model={model} columns={columns} />}
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
