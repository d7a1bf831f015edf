import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Button } from '@mantine/core'
import IconPencil from '@tabler/icons-react/icons/IconPencil'
import IconTrash from '@tabler/icons-react/icons/IconTrash'
import IconUpload from '@tabler/icons-react/icons/IconUpload'
import IconX from '@tabler/icons-react/icons/IconX'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type DragEvent, lazy, Suspense, useRef, useState } from 'react'
import { get } from '../api/client.ts'
import type { Row } from '../api/meta.ts'
import type { Page, Params } from '../api/query.ts'
import { upload } from '../api/upload.ts'
import { refresh } from '../api/write.ts'
import { plain } from '../field/plain.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import styles from './images.module.css'

const Delete = lazy(async () => ({ default: (await import('../form/Delete.tsx')).Delete }))
const FormModal = lazy(async () => ({ default: (await import('../form/FormModal.tsx')).FormModal }))

/** The pictures of an object, and the place to drop more. */
export function Images({ images, params, label }: { images: ModelMeta; params: Params; label: string }) {
  const search = new URLSearchParams([...params.map(([key, value]) => [key, value]), ['limit', '200']])
  const url = `${images.api}?${search}`
  const { data, error } = useQuery({ queryKey: ['images', url], queryFn: ({ signal }) => get<Page>(url, signal) })
  const [editing, setEditing] = useState<Row>()
  const [deleting, setDeleting] = useState<Row>()
  const [over, setOver] = useState(false)
  const { sendings, take, drop } = useUploads(images, params)
  const file = useRef<HTMLInputElement>(null)
  const mayAdd = images.may.includes('add')
  const add = mayAdd && (
    <Button size="sm" leftSection={<IconUpload size={15} />} onClick={() => file.current?.click()}>
      Choose pictures…
    </Button>
  )
  return (
    <div
      className={styles.root}
      data-over={over || undefined}
      {...(mayAdd && {
        onDragOver: (event: DragEvent) => {
          event.preventDefault()
          setOver(true)
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: DragEvent) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        },
      })}
    >
      <input
        ref={file}
        type="file"
        accept="image/*"
        multiple
        hidden
        aria-label="Pictures"
        onChange={event => {
          take(event.currentTarget.files)
          event.currentTarget.value = ''
        }}
      />
      {error && <p>{error.message}</p>}
      {!data && !error && <TableSkeleton rows={4} />}
      {data?.results.length === 0 && !sendings.length && (
        <EmptyState icon="photo" title="No pictures yet" actions={add}>
          {mayAdd ? `Drop pictures of this ${label} here, or choose some.` : `There are none of this ${label}.`}
        </EmptyState>
      )}
      {data && (data.results.length > 0 || sendings.length > 0) && (
        <>
          {add && (
            <div className={styles.head}>
              <span className={styles.note}>Pictures can be dropped anywhere here</span>
              {add}
            </div>
          )}
          <ul className={styles.grid}>
            {sendings.map(sending => (
              <li key={sending.key} className={styles.card}>
                <div className={styles.waiting}>
                  <progress max={1} value={sending.share} aria-label={`Sending ${sending.name}`} />
                </div>
                <div className={styles.foot}>
                  <div className={styles.what}>
                    <b>{sending.name}</b>
                    {sending.fault ? (
                      <span className={styles.fault} role="alert">
                        {sending.fault}
                      </span>
                    ) : (
                      <span className={styles.note}>{Math.round(sending.share * 100)} %</span>
                    )}
                  </div>
                  {sending.fault && (
                    <ActionIcon aria-label={`Dismiss ${sending.name}`} size={24} onClick={() => drop(sending.key)}>
                      <IconX size={14} />
                    </ActionIcon>
                  )}
                </div>
              </li>
            ))}
            {data.results.map(row => (
              <li key={row.id} className={styles.card}>
                <a className={styles.frame} href={plain(row.image)} target="_blank" rel="noreferrer">
                  <img src={plain(row.image)} alt={row.display} loading="lazy" />
                </a>
                <div className={styles.foot}>
                  <div className={styles.what}>
                    <b>{row.display}</b>
                    <span>{plain(row.description)}</span>
                    <span className={styles.note}>
                      {plain(row.image_width)} × {plain(row.image_height)}
                      {Boolean(row.image_size) && ` · ${bytes(Number(row.image_size))}`}
                    </span>
                  </div>
                  <span className={styles.acts}>
                    {images.may.includes('change') && (
                      <ActionIcon aria-label={`Edit ${row.display}`} size={24} onClick={() => setEditing(row)}>
                        <IconPencil size={14} />
                      </ActionIcon>
                    )}
                    {images.may.includes('delete') && (
                      <ActionIcon aria-label={`Delete ${row.display}`} size={24} onClick={() => setDeleting(row)}>
                        <IconTrash size={14} />
                      </ActionIcon>
                    )}
                  </span>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      <Suspense fallback={null}>
        {editing && (
          <FormModal
            model={namesOnly(images)}
            title={`Picture ${editing.display}`}
            row={editing}
            onClose={() => setEditing(undefined)}
          />
        )}
        {deleting && (
          <Delete
            model={images}
            targets={{ rows: [deleting] }}
            onClose={() => setDeleting(undefined)}
            onDone={() => setDeleting(undefined)}
          />
        )}
      </Suspense>
    </div>
  )
}

interface Sending {
  readonly key: number
  readonly name: string
  readonly share: number
  readonly fault?: string
}

/** Sends pictures one by one, each under the name of its file; those that failed stay until dismissed. */
function useUploads(images: ModelMeta, params: Params) {
  const client = useQueryClient()
  const [sendings, setSendings] = useState<readonly Sending[]>([])
  const count = useRef(0)
  const drop = (key: number) => setSendings(before => before.filter(each => each.key !== key))
  const tell = (key: number, more: Partial<Sending>) =>
    setSendings(before => before.map(each => (each.key === key ? { ...each, ...more } : each)))
  const take = (files: FileList | null) => {
    const all = [...(files ?? [])].map(file => ({ file, key: ++count.current }))
    setSendings(before => [...before, ...all.map(({ file, key }) => ({ key, name: file.name, share: 0 }))])
    void (async () => {
      for (const { file, key } of all) {
        const form = new FormData()
        for (const [name, value] of params) form.append(name, value)
        form.append('name', file.name.replace(/\.\w+$/, '').slice(0, 50))
        form.append('image', file)
        try {
          await upload(images.api, form, share => tell(key, { share }))
          await refresh(client, images)
          drop(key)
        } catch (error) {
          tell(key, { fault: error instanceof Error ? error.message : String(error) })
        }
      }
    })()
  }
  return { sendings, take, drop }
}

function namesOnly(images: ModelMeta): ModelMeta {
  const { name, description } = images.fields
  return { ...images, fields: { name: name!, description: description! } }
}

function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`
  return count < 1e6 ? `${Math.round(count / 1000)} kB` : `${(count / 1e6).toFixed(1)} MB`
}
