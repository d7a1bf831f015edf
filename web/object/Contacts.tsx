import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Button } from '@mantine/core'
import IconPencil from '@tabler/icons-react/icons/IconPencil'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import IconTrash from '@tabler/icons-react/icons/IconTrash'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { get } from '../api/client.ts'
import { pageOf, type Row, useMeta } from '../api/meta.ts'
import type { Page, Params } from '../api/query.ts'
import { plain } from '../field/plain.ts'
import { choiceOf } from '../field/select.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Go } from '../ui/Go.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import { StatusBadge } from '../ui/StatusBadge.tsx'
import styles from './contacts.module.css'

const Delete = lazy(async () => ({ default: (await import('../form/Delete.tsx')).Delete }))
const FormModal = lazy(async () => ({ default: (await import('../form/FormModal.tsx')).FormModal }))

/** Whom to turn to about an object; what its ancestors say holds for it too. */
export function Contacts(props: {
  assignments: ModelMeta
  /** The model of the object. */
  model: ModelMeta
  id: string
  params: Params
}) {
  const { assignments, model, id } = props
  const [form, setForm] = useState<Row | 'new'>()
  const [deleting, setDeleting] = useState<Row>()
  const { data, error } = useQuery({
    queryKey: ['contacts', model.name, id],
    queryFn: ({ signal }) => contactsOf(assignments, model, id, signal),
  })
  const mayAdd = assignments.may.includes('add')
  const add = mayAdd && (
    <Button size="sm" leftSection={<IconPlus size={15} />} onClick={() => setForm('new')}>
      Add a contact
    </Button>
  )
  return (
    <div className={styles.root}>
      {error && <p>{error.message}</p>}
      {!data && !error && <TableSkeleton rows={4} />}
      {data?.length === 0 && (
        <EmptyState icon="address-book" title="No contacts yet" actions={add}>
          Say whom to turn to about this {model.label}, and in which role.
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <>
          {add && <div className={styles.head}>{add}</div>}
          <ul className={styles.list}>
            {data.map(each => (
              <Assignment
                key={each.row.id}
                assignments={assignments}
                assigned={each}
                inherited={String(each.row.object_id) !== id}
                onEdit={() => setForm(each.row)}
                onDelete={() => setDeleting(each.row)}
              />
            ))}
          </ul>
        </>
      )}
      <Suspense fallback={null}>
        {form && (
          <FormModal
            model={withoutObject(assignments)}
            title={form === 'new' ? 'Add a contact' : `Contact ${plain(form.contact)}`}
            row={form === 'new' ? undefined : form}
            fixed={Object.fromEntries(props.params)}
            onClose={() => setForm(undefined)}
          />
        )}
        {deleting && (
          <Delete
            model={assignments}
            targets={{ rows: [deleting] }}
            onClose={() => setDeleting(undefined)}
            onDone={() => setDeleting(undefined)}
          />
        )}
      </Suspense>
    </div>
  )
}

interface Assigned {
  readonly row: Row
  /** The contact in full, as far as the user may see it. */
  readonly contact: Row | undefined
}

function Assignment(props: {
  assignments: ModelMeta
  assigned: Assigned
  inherited: boolean
  onEdit: () => void
  onDelete: () => void
}) {
  const { assignments, inherited } = props
  const { row, contact } = props.assigned
  const meta = useMeta()
  const name = plain(row.contact)
  const href = pageOf(meta, row.contact as Row)
  const from = pageOf(meta, row.object as Row)
  const phone = plain(contact?.phone)
  const email = plain(contact?.email)
  const priority = assignments.fields.priority
  return (
    <li className={styles.contact}>
      <div className={styles.who}>
        {href ? (
          <Go href={href} className={styles.name}>
            {name}
          </Go>
        ) : (
          <span className={styles.name}>{name}</span>
        )}
        <span className={styles.note}>{plain(contact?.title) || plain(contact?.description)}</span>
      </div>
      <div className={styles.part}>
        {plain(row.role)}
        {priority && Boolean(row.priority) && <StatusBadge {...choiceOf(priority, row.priority)} />}
        {inherited && (
          <span className={styles.note}>
            from {from ? <Go href={from}>{plain(row.object)}</Go> : plain(row.object)}
          </span>
        )}
      </div>
      <div className={styles.reach}>
        {phone && <a href={`tel:${phone.replaceAll(/\s/g, '')}`}>{phone}</a>}
        {email && <a href={`mailto:${email}`}>{email}</a>}
      </div>
      <span className={styles.acts}>
        {!inherited && assignments.may.includes('change') && (
          <ActionIcon aria-label={`Edit the contact ${name}`} size={24} onClick={props.onEdit}>
            <IconPencil size={14} />
          </ActionIcon>
        )}
        {!inherited && assignments.may.includes('delete') && (
          <ActionIcon aria-label={`Remove the contact ${name}`} size={24} onClick={props.onDelete}>
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </span>
    </li>
  )
}

/** The form of an assignment on the page of its object. */
function withoutObject(assignments: ModelMeta): ModelMeta {
  const { object: _, ...fields } = assignments.fields
  return { ...assignments, fields }
}

/** The assignments of an object and of all it lies in, its own first. */
async function contactsOf(
  assignments: ModelMeta,
  model: ModelMeta,
  id: string,
  signal: AbortSignal,
): Promise<readonly Assigned[]> {
  const ids = [id, ...(await ancestorsOf(model, id, signal))]
  const search = new URLSearchParams([
    ['object_type', model.name],
    ...ids.map(each => ['object_id', each]),
    ['limit', '500'],
  ])
  const { results } = await get<Page>(`${assignments.api}?${search}`, signal)
  const people = [...new Set(results.map(row => (row.contact as Row).id))]
  const known = new Map<number, Row>()
  if (people.length) {
    const wanted = new URLSearchParams([...people.map(each => ['id', String(each)]), ['limit', '500']])
    const page = await get<Page>(`/api/tenancy/contacts/?${wanted}`, signal).catch(() => undefined)
    for (const contact of page?.results ?? []) known.set(contact.id, contact)
  }
  return results
    .map(row => ({ row, contact: known.get((row.contact as Row).id) }))
    .toSorted((a, b) => ids.indexOf(String(a.row.object_id)) - ids.indexOf(String(b.row.object_id)))
}

/** The ids of what a node of a tree lies in, the nearest first. */
async function ancestorsOf(model: ModelMeta, id: string, signal: AbortSignal): Promise<string[]> {
  if (model.fields.parent?.to?.[0] !== model.name) return []
  const found: string[] = []
  for (let next: string | undefined = id; next;) {
    const { parent }: { parent?: Row | null } = await get(`${model.api}${next}/?fields=parent`, signal)
    next = parent ? String(parent.id) : undefined
    if (next) found.push(next)
  }
  return found
}
