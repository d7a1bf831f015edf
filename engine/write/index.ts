export {
  batchOf,
  changeFrom,
  changeRows,
  createFrom,
  createRows,
  deleteFrom,
  deleteRows,
  isDeadlock,
  writing,
  type Patch,
} from './write.ts'
export { messageIn } from './parse.ts'
export { denied, Refused, type Refusal } from './refusal.ts'
export type { WriteCall, WriteContext } from './context.ts'
export { displaysOf, rowsById } from './context.ts'
export { readLinks } from './links.ts'
