export { Cell, Detail } from './address.tsx'
