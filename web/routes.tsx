import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { base } from './api/base.ts'
import { ApiError } from './api/client.ts'
import { metaQuery } from './api/meta.ts'
import { parseSearch, stringifySearch } from './api/search.ts'
import { Shell } from './app/Shell.tsx'
import { Detail } from './page/Detail.tsx'
import { pages as drawnPages } from './panel/index.ts'
import { Failure } from './page/Failure.tsx'
import { List } from './page/List.tsx'
import { NotFound } from './page/NotFound.tsx'
import { PageSkeleton } from './ui/Skeletons.tsx'

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => <NotFound />,
  errorComponent: Failure,
})

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./page/Login.tsx'), 'Login'),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(metaQuery)
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error
      throw redirect({ to: '/login', search: { next: location.href } as never })
    }
  },
  component: Shell,
  pendingComponent: PageSkeleton,
  notFoundComponent: () => <NotFound />,
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./page/Home.tsx'), 'Home'),
})

const forms = () => import('./page/Edit.tsx')
const Add = lazyRouteComponent(forms, 'Add')
const Edit = lazyRouteComponent(forms, 'Edit')
const ObjectTab = lazyRouteComponent(() => import('./page/ObjectTab.tsx'), 'ObjectTab')
const Import = lazyRouteComponent(() => import('./page/Import.tsx'), 'Import')

// NetBox's own addresses; those of plugins stand one level lower.
const pages = ['/$app/$model', '/plugins/$app/$model'].flatMap(path => [
  createRoute({ getParentRoute: () => shell, path, component: List }),
  createRoute({ getParentRoute: () => shell, path: `${path}/$id`, component: Detail }),
  createRoute({ getParentRoute: () => shell, path: `${path}/$id/trace`, component: Detail }),
  createRoute({ getParentRoute: () => shell, path: `${path}/$id/$list`, component: Detail }),
  createRoute({ getParentRoute: () => shell, path: `${path}/add`, component: Add }),
  createRoute({ getParentRoute: () => shell, path: `${path}/$id/edit`, component: Edit }),
  ...['config-context', 'render-config', 'contacts', 'image-attachments', 'journal', 'changelog'].map(tab =>
    createRoute({ getParentRoute: () => shell, path: `${path}/$id/${tab}`, component: ObjectTab }),
  ),
  createRoute({ getParentRoute: () => shell, path: `${path}/import`, component: Import }),
])

const drawings = drawnPages.map(({ path, Body }) =>
  createRoute({ getParentRoute: () => shell, path: path.replace(/\/$/, ''), component: Body }),
)

/** The router of the whole UI. */
export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([login, shell.addChildren([home, ...drawings, ...pages])]),
    context: { client },
    basepath: base || '/',
    trailingSlash: 'always',
    defaultPendingMs: 150,
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  })
}
