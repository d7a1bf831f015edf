export { documentOf } from './document.ts'
export { schemaRoutes } from './routes.ts'
