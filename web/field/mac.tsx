import { address } from './address.tsx'

/** A MAC address or WWN. */
export const mac = address
