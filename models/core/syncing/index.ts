export { planSyncs } from './schedule.ts'
