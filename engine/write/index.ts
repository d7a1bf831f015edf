export { changeRows, createFrom, createRows, deleteRows, denied, Refused, writing, type Patch, type Refusal } from './write.ts'
export type { WriteCall, WriteContext } from './context.ts'
