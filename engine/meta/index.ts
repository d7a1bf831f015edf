export type * from './meta.ts'
export { buildMeta } from './build.ts'
export { uiRoutes } from './routes.ts'
