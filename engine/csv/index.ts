export {
  importContents,
  importRows,
  ImportRefused,
  type ImportFault,
  type ImportOptions,
  type ImportResult,
} from './import.ts'
export { bulkImport } from './background.ts'
export { importRoutes } from './routes.ts'
export { accessorOf } from './columns.ts'
export { readContents } from './read.ts'
