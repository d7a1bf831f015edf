import type { Menu as MenuMeta, ModelMeta } from '@demarc/engine/meta'
import { Menu, Tooltip, UnstyledButton } from '@mantine/core'
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight'
import IconPin from '@tabler/icons-react/icons/IconPin'
import IconPinFilled from '@tabler/icons-react/icons/IconPinFilled'
import { useLocation } from '@tanstack/react-router'
import { Fragment, useEffect, useRef } from 'react'
import { titleCase, useMeta } from '../api/meta.ts'
import { pages, type PageSpec } from '../panel/index.ts'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { useOpenMenus, usePins, useRecentHidden, useVisits } from './memory.ts'
import styles from './Navigation.module.css'

/** The menu tree: pins and recent objects first, then every menu the user may open. */
export function Navigation({ folded }: { folded?: boolean }) {
  const meta = useMeta()
  const current = useLocation({ select: location => location.pathname })
  const holds = (menu: MenuMeta) =>
    modelsOf(menu).some(
      name =>
        current.startsWith(meta.models[name]?.path ?? '\0') ||
        pages.some(({ below, path }) => below === name && current.startsWith(path)),
    )
  if (folded) return <Folded current={meta.menus.find(holds)} />
  return (
    <nav className={styles.root} aria-label="Menu">
      <Link href="/" icon="home" label="Home" current={current === '/'} />
      <Pins current={current} />
      <Recent current={current} />
      <div className={styles.menus}>
        {meta.menus.map(menu => (
          <Branch key={menu.label} menu={menu} holds={holds(menu)} current={current} />
        ))}
      </div>
      <p className={styles.version}>Version {meta.version}</p>
    </nav>
  )
}

function Branch({ menu, holds, current }: { menu: MenuMeta; holds: boolean; current: string }) {
  const meta = useMeta()
  const [open, setOpen] = useOpenMenus()
  const closed = useRef(false)
  const isOpen = open.includes(menu.label) || (holds && !closed.current)
  const toggle = () => {
    closed.current = isOpen
    setOpen(before => (isOpen ? before.filter(each => each !== menu.label) : [...before, menu.label]))
  }
  return (
    <div>
      <UnstyledButton className={styles.menu} onClick={toggle} aria-expanded={isOpen}>
        <Icon name={menu.icon} size={17} />
        <span className={styles.label}>{menu.label}</span>
        <IconChevronRight size={14} className={styles.chevron} aria-hidden />
      </UnstyledButton>
      {isOpen && (
        <div className={styles.branch}>
          {menu.groups.map(group => (
            <div key={group.label} role="group" aria-label={group.label}>
              {menu.groups.length > 1 && <p className={styles.group}>{group.label}</p>}
              {known(meta.models, group.models).map(model => (
                <Fragment key={model.name}>
                  <Item model={model} current={current} />
                  {pages
                    .filter(({ below, superusers }) => below === model.name && (!superusers || meta.user.superuser))
                    .map(page => (
                      <PageItem key={page.path} page={page} current={current} />
                    ))}
                </Fragment>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function PageItem({ page, current }: { page: PageSpec; current: string }) {
  const isCurrent = current.startsWith(page.path)
  return (
    <div className={styles.item} data-current={isCurrent || undefined}>
      <Go href={page.path} className={styles.link} aria-current={isCurrent ? 'page' : undefined}>
        <span className={styles.label}>{page.label}</span>
      </Go>
    </div>
  )
}

function Item({ model, current, pinned: inPins }: { model: ModelMeta; current: string; pinned?: boolean }) {
  const [pins, setPins] = usePins()
  const pinned = pins.includes(model.name)
  const isCurrent = current.startsWith(model.path)
  const ref = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (isCurrent && !inPins) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent, inPins])
  const label = titleCase(model.plural)
  return (
    <div className={styles.item} data-current={isCurrent || undefined}>
      <Go
        ref={ref}
        href={model.path}
        className={inPins ? styles.pinnedLink : styles.link}
        aria-current={isCurrent ? 'page' : undefined}
      >
        {inPins && <Icon name={model.icon} size={16} />}
        <span className={styles.label}>{label}</span>
      </Go>
      <button
        type="button"
        className={styles.pin}
        data-pinned={pinned || undefined}
        aria-label={pinned ? `Unpin ${label}` : `Pin ${label}`}
        title={pinned ? 'Unpin' : 'Pin to the top'}
        onClick={() =>
          setPins(before => (pinned ? before.filter(each => each !== model.name) : [...before, model.name]))
        }
      >
        {pinned ? <IconPinFilled size={13} /> : <IconPin size={13} />}
      </button>
    </div>
  )
}

function Pins({ current }: { current: string }) {
  const meta = useMeta()
  const [pins] = usePins()
  const models = known(meta.models, pins)
  if (!models.length) return null
  return (
    <section aria-label="Pinned">
      <p className={styles.group}>Pinned</p>
      {models.map(model => (
        <Item key={model.name} model={model} current={current} pinned />
      ))}
    </section>
  )
}

function Recent({ current }: { current: string }) {
  const meta = useMeta()
  const [visits] = useVisits()
  const [hidden, setHidden] = useRecentHidden()
  const shown = visits.filter(visit => meta.models[visit.model] && visit.path !== current).slice(0, 4)
  if (!shown.length) return null
  return (
    <section aria-label="Recent">
      <UnstyledButton className={styles.group} aria-expanded={!hidden} onClick={() => setHidden(!hidden)}>
        Recent
      </UnstyledButton>
      {!hidden &&
        shown.map(visit => (
          <Link
            key={visit.path}
            href={visit.path}
            icon={meta.models[visit.model]!.icon}
            label={visit.display}
            current={false}
          />
        ))}
    </section>
  )
}

function Link(props: { href: string; icon: string; label: string; current: boolean }) {
  return (
    <div className={styles.item} data-current={props.current || undefined}>
      <Go
        href={props.href}
        className={styles.pinnedLink}
        aria-current={props.current ? 'page' : undefined}
        title={props.label}
      >
        <Icon name={props.icon} size={16} />
        <span className={styles.label}>{props.label}</span>
      </Go>
    </div>
  )
}

function Folded({ current }: { current: MenuMeta | undefined }) {
  const meta = useMeta()
  return (
    <nav className={styles.root} aria-label="Menu" data-folded>
      <Tooltip label="Home" position="right">
        <Go href="/" className={styles.folded} aria-label="Home">
          <Icon name="home" size={18} />
        </Go>
      </Tooltip>
      {meta.menus.map(menu => (
        <Menu key={menu.label} trigger="click-hover" position="right-start" offset={6} openDelay={60} closeDelay={120}>
          <Menu.Target>
            <UnstyledButton
              className={styles.folded}
              data-current={menu === current || undefined}
              aria-label={menu.label}
            >
              <Icon name={menu.icon} size={18} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown className={styles.flyout}>
            {menu.groups.map((group, index) => (
              <div key={group.label}>
                {index > 0 && <Menu.Divider />}
                <Menu.Label>{menu.groups.length > 1 ? group.label : menu.label}</Menu.Label>
                {known(meta.models, group.models).map(model => (
                  <Menu.Item key={model.name} component={Go} href={model.path}>
                    {titleCase(model.plural)}
                  </Menu.Item>
                ))}
              </div>
            ))}
          </Menu.Dropdown>
        </Menu>
      ))}
    </nav>
  )
}

function modelsOf(menu: MenuMeta): readonly string[] {
  return menu.groups.flatMap(group => group.models)
}

function known(models: Readonly<Record<string, ModelMeta>>, names: readonly string[]): ModelMeta[] {
  return names.flatMap(name => models[name] ?? [])
}
