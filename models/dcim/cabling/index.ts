export { retraceAll, storedPaths, type Progress } from './retrace.ts'
