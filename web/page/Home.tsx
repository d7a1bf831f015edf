import type { Menu, ModelMeta } from '@demarc/engine/meta'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import { leadsTo, ownQuery } from '../api/own.ts'
import { countQuery, listQuery } from '../api/query.ts'
import { useVisits } from '../app/memory.ts'
import { ago } from '../field/datetime.tsx'
import { plain } from '../field/plain.ts'
import { RefLink } from '../field/ref.tsx'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Bone } from '../ui/Skeletons.tsx'
import styles from './Home.module.css'

/** What there is and what happened lately. */
export function Home() {
  const meta = useMeta()
  useDocumentTitle('Home · Demarc')
  const menus = meta.menus.flatMap(menu => {
    const models = shown(meta.models, menu)
    return models.length ? [{ menu, models }] : []
  })
  return (
    <div className={styles.root}>
      <h1>Home</h1>
      {meta.models['dcim.site'] && <FirstSteps sites={meta.models['dcim.site']} />}
      <div className={styles.columns}>
        {/* First, for a browser asks only a few things at a time, and there are many counts. */}
        <div className={styles.side}>
          {meta.models['extras.bookmark'] && <Bookmarks model={meta.models['extras.bookmark']} />}
          <Recent />
          {meta.models['core.objectchange'] && <Changes model={meta.models['core.objectchange']} />}
        </div>
        <div className={styles.counts}>
          {menus.map(({ menu, models }) => (
            <section key={menu.label} className={styles.panel}>
              <h2>
                <Icon name={menu.icon} size={15} />
                {menu.label}
              </h2>
              {models.map(model => (
                <Count key={model.name} model={model} />
              ))}
            </section>
          ))}
        </div>
      </div>
    </div>
  )
}

const steps = [
  { name: 'dcim.site', why: 'Where things are: a building, a campus, a data centre.' },
  { name: 'dcim.rack', why: 'What stands there and holds devices.' },
  { name: 'dcim.devicetype', why: 'What a device is made of: its ports come with it.' },
  { name: 'dcim.device', why: 'Switches, servers, patch panels; then their cables.' },
  { name: 'ipam.prefix', why: 'The networks, and the addresses in them.' },
] as const

/** Where to begin, as long as nothing has been written down. */
function FirstSteps({ sites }: { sites: ModelMeta }) {
  const meta = useMeta()
  const { data } = useQuery(countQuery(sites))
  if (data !== 0 || !sites.may.includes('add')) return null
  return (
    <section className={styles.steps} aria-label="First steps">
      <h2>Nothing is written down yet. Where to begin:</h2>
      <ol>
        {steps.map(({ name, why }) => {
          const model = meta.models[name]
          return (
            model?.may.includes('add') && (
              <li key={name}>
                <b>{titleCase(model.plural)}</b>
                <span>{why}</span>
                <span className={styles.ways}>
                  <Go href={`${model.path}add/`}>New</Go>
                  <Go href={`${model.path}import/`}>Import</Go>
                </span>
              </li>
            )
          )
        })}
      </ol>
      <p>
        A library of device types comes in with <code>demarc import-types</code>, a whole NetBox with{' '}
        <code>demarc import-netbox</code>.
      </p>
    </section>
  )
}

const counted = new Set([
  'dcim.site',
  'dcim.location',
  'tenancy.tenant',
  'tenancy.contact',
  'dcim.rack',
  'dcim.rackreservation',
  'dcim.device',
  'dcim.devicetype',
  'dcim.interface',
  'dcim.module',
  'dcim.cable',
  'ipam.prefix',
  'ipam.ipaddress',
  'ipam.iprange',
  'ipam.aggregate',
  'ipam.vrf',
  'ipam.vlan',
  'ipam.asn',
  'virtualization.virtualmachine',
  'virtualization.cluster',
  'circuits.circuit',
  'circuits.provider',
  'wireless.wirelesslan',
  'wireless.wirelesslink',
  'vpn.tunnel',
  'vpn.l2vpn',
  'dcim.powerfeed',
  'dcim.powerpanel',
])

function shown(models: Readonly<Record<string, ModelMeta>>, menu: Menu): ModelMeta[] {
  return menu.groups.flatMap(group =>
    group.models.filter(name => counted.has(name)).flatMap(name => models[name] ?? []),
  )
}

function Count({ model }: { model: ModelMeta }) {
  const { data, isError } = useQuery(countQuery(model))
  return (
    <Go href={model.path} className={styles.line}>
      <span className={styles.label}>{titleCase(model.plural)}</span>
      <span className={styles.number} data-none={data === 0 || undefined}>
        {isError ? '—' : data === undefined ? <Bone width={24} /> : data.toLocaleString('en')}
      </span>
    </Go>
  )
}

/** What the user wants to find again. */
function Bookmarks({ model }: { model: ModelMeta }) {
  const meta = useMeta()
  const { data } = useQuery(ownQuery(meta, model))
  if (!data?.length) return null
  return (
    <section className={styles.panel}>
      <h2>
        Bookmarks <Go href={`${model.path}?user_id=${meta.user.id}`}>All</Go>
      </h2>
      {data.slice(0, 8).map(row => {
        const kind = meta.models[plain(row.object_type)]
        return (
          <Go key={row.id} href={leadsTo(meta, model, row) ?? model.path} className={styles.line}>
            <Icon name={kind?.icon ?? model.icon} size={15} />
            <span className={styles.label}>{row.display}</span>
            <span className={styles.note}>{kind && titleCase(kind.label)}</span>
          </Go>
        )
      })}
    </section>
  )
}

function Recent() {
  const meta = useMeta()
  const [visits] = useVisits()
  const seen = visits.filter(visit => meta.models[visit.model]).slice(0, 8)
  return (
    <section className={styles.panel}>
      <h2>Recently viewed</h2>
      {seen.map(visit => (
        <Go key={visit.path} href={visit.path} className={styles.line}>
          <Icon name={meta.models[visit.model]!.icon} size={15} />
          <span className={styles.label}>{visit.display}</span>
          <span className={styles.note}>{titleCase(meta.models[visit.model]!.label)}</span>
        </Go>
      ))}
      {!seen.length && (
        <p className={styles.nothing}>Objects you open will be at hand here. Press Ctrl-K to find one.</p>
      )}
    </section>
  )
}

/** Changes that are looked at; those of one request are told as one. */
const asked = 60

const changeColumns = [
  'time',
  'user_name',
  'action',
  'changed_object',
  'object_repr',
  'changed_object_type',
  'request_id',
]

function Changes({ model }: { model: ModelMeta }) {
  const { data, error } = useQuery(listQuery(model, [['limit', String(asked)]], changeColumns))
  const requests = [...Map.groupBy(data?.results ?? [], row => plain(row.request_id)).values()].slice(0, 12)
  return (
    <section className={styles.panel}>
      <h2>
        Recent changes <Go href={model.path}>All</Go>
      </h2>
      {requests.map((rows, at) => (
        <Request
          key={rows[0]!.id}
          model={model}
          rows={rows}
          open={at === requests.length - 1 && data!.results.length === asked}
        />
      ))}
      {error && <p className={styles.nothing}>{error.message}</p>}
      {data && !data.results.length && (
        <p className={styles.nothing}>
          Nothing was changed yet. Every change will be recorded: who, when, and what was before.
        </p>
      )}
    </section>
  )
}

/** What a request changed; `open` where it may have begun before the changes that are known. */
function Request({ model, rows, open }: { model: ModelMeta; rows: readonly Row[]; open: boolean }) {
  const meta = useMeta()
  const request = plain(rows[0]!.request_id)
  const first = [
    ['request_id', request],
    ['ordering', 'id'],
    ['limit', '1'],
  ] as const
  const { data } = useQuery({ ...listQuery(model, first, changeColumns), enabled: open })
  // What a request did first is what it was about; of a cable, its ends go before it does.
  const row =
    data?.results[0] ?? rows.findLast(each => each.changed_object_type !== 'dcim.cabletermination') ?? rows.at(-1)!
  const type = plain(row.changed_object_type)
  return (
    <div className={styles.change}>
      <p>
        <b>{plain(row.user_name) || 'Demarc'}</b> {plain(row.action).toLowerCase()} {meta.models[type]?.label ?? type}{' '}
        {row.changed_object ? <RefLink value={row.changed_object} /> : <b>{plain(row.object_repr)}</b>}
        {rows.length > 1 && (
          <Go href={`${model.path}?request_id=${request}`} className={styles.note}>
            {' '}
            and more
          </Go>
        )}
      </p>
      <time className={styles.note} dateTime={plain(row.time)}>
        {ago(plain(row.time))}
      </time>
    </div>
  )
}
