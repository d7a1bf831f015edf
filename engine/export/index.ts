export { exportRoutes } from './routes.ts'
export { hasColumn, tableOf } from './table.ts'
