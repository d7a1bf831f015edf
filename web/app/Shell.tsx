import { ActionIcon, Drawer, Kbd, Tooltip, UnstyledButton } from '@mantine/core'
import { useDisclosure, useHotkeys, useMediaQuery } from '@mantine/hooks'
import IconLayoutSidebar from '@tabler/icons-react/icons/IconLayoutSidebar'
import IconMenu2 from '@tabler/icons-react/icons/IconMenu2'
import IconSearch from '@tabler/icons-react/icons/IconSearch'
import { CatchBoundary, Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { MetaProvider, useFreshMeta } from '../api/meta.ts'
import { Failure } from '../page/Failure.tsx'
import { Go } from '../ui/Go.tsx'
import { Mark } from '../ui/Mark.tsx'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import { Bell } from './Bell.tsx'
import { Breadcrumb } from './Breadcrumb.tsx'
import { useFolded } from './memory.ts'
import { Navigation } from './Navigation.tsx'
import { Notices } from './notices.tsx'
import { Palette } from './Palette.tsx'
import styles from './Shell.module.css'
import { Shortcuts } from './Shortcuts.tsx'
import { ThemeToggle } from './ThemeToggle.tsx'
import { UserMenu } from './UserMenu.tsx'

const paletteKey = /mac/i.test(navigator.platform) ? '⌘ K' : 'Ctrl K'

/** Everything around a page. */
export function Shell() {
  const { data: meta } = useFreshMeta()
  const [folded, setFolded] = useFolded()
  const [drawer, drawn] = useDisclosure(false)
  const [palette, setPalette] = useState(false)
  const narrow = useMediaQuery('(max-width: 820px)', window.innerWidth <= 820, { getInitialValueInEffect: false })
  const pathname = useLocation({ select: location => location.pathname })

  useHotkeys(
    [
      // At once, so that the next key is the palette's already.
      ['mod+K', () => flushSync(() => setPalette(true))],
      ['mod+B', () => setFolded(before => !before)],
    ],
    [],
  )
  useEffect(drawn.close, [pathname, drawn.close])

  if (!meta) return <PageSkeleton />
  return (
    <MetaProvider value={meta}>
      <a
        className={styles.skip}
        href="#page"
        onClick={event => {
          event.preventDefault()
          document.getElementById('page')?.focus()
        }}
      >
        Skip to the page
      </a>
      <div className={styles.shell} data-folded={(folded && !narrow) || undefined}>
        {!narrow && (
          <aside className={styles.sidebar}>
            <Brand folded={folded} />
            <Navigation folded={folded} />
          </aside>
        )}
        <header className={styles.bar}>
          {narrow ? (
            <ActionIcon aria-label="Open the menu" onClick={drawn.open}>
              <IconMenu2 size={18} />
            </ActionIcon>
          ) : (
            <Tooltip label={folded ? 'Unfold the sidebar' : 'Fold the sidebar'}>
              <ActionIcon
                aria-label={folded ? 'Unfold the sidebar' : 'Fold the sidebar'}
                onClick={() => setFolded(!folded)}
              >
                <IconLayoutSidebar size={17} />
              </ActionIcon>
            </Tooltip>
          )}
          <Breadcrumb />
          <UnstyledButton
            className={styles.search}
            onClick={() => setPalette(true)}
            aria-label={`Go to or search… ${paletteKey}`}
          >
            <IconSearch size={15} aria-hidden />
            <span className={styles.searchText}>Go to or search…</span>
            <Kbd size="xs" className={styles.searchKey}>
              {paletteKey}
            </Kbd>
          </UnstyledButton>
          <div className={styles.tools}>
            <Bell />
            <ThemeToggle />
            <UserMenu />
          </div>
        </header>
        <main id="page" className={styles.page} tabIndex={-1}>
          <CatchBoundary getResetKey={() => pathname} errorComponent={Failure}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </CatchBoundary>
        </main>
      </div>
      {narrow && (
        <Drawer
          opened={drawer}
          onClose={drawn.close}
          size={280}
          withCloseButton={false}
          padding={0}
          transitionProps={{ duration: 120 }}
          attributes={{ content: { 'aria-label': 'Menu' } }}
        >
          <div className={styles.drawer}>
            <Brand />
            <Navigation />
          </div>
        </Drawer>
      )}
      <Notices />
      <Shortcuts onPalette={() => setPalette(true)} />
      {palette && <Palette onClose={() => setPalette(false)} />}
    </MetaProvider>
  )
}

function Brand({ folded }: { folded?: boolean }) {
  return (
    <Go href="/" className={styles.brand} aria-label="Demarc, home">
      <Mark size={24} />
      {!folded && <span>Demarc</span>}
    </Go>
  )
}
