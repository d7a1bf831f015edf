export { readDump, type Column, type DumpEvent, type Row } from './dump.ts'
export { DumpError, type DumpErrorCode } from './error.ts'
export { parseArray, parseRange, type ArrayItem, type RangeLiteral } from './literal.ts'
