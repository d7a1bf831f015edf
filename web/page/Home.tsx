import type { Menu, ModelMeta } from '@demarc/engine/meta'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { titleCase, useMeta } from '../api/meta.ts'
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
      <div className={styles.columns}>
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
        <div className={styles.side}>
          <Recent />
          {meta.models['core.objectchange'] && <Changes model={meta.models['core.objectchange']} />}
        </div>
      </div>
    </div>
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

const changeColumns = ['time', 'user_name', 'action', 'changed_object', 'object_repr', 'changed_object_type']

function Changes({ model }: { model: ModelMeta }) {
  const { data, error } = useQuery(listQuery(model, [['limit', '12']], changeColumns))
  return (
    <section className={styles.panel}>
      <h2>
        Recent changes <Go href={model.path}>All</Go>
      </h2>
      {data?.results.map(row => (
        <div key={row.id} className={styles.change}>
          <p>
            <b>{plain(row.user_name) || 'Somebody'}</b> {plain(row.action).toLowerCase()}{' '}
            {row.changed_object ? <RefLink value={row.changed_object} within /> : <b>{plain(row.object_repr)}</b>}
          </p>
          <time className={styles.note} dateTime={plain(row.time)}>
            {ago(plain(row.time))}
          </time>
        </div>
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
