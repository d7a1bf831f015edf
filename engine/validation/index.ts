export { demandsIn, unmet, type Demand, type Demands } from './validators.ts'
