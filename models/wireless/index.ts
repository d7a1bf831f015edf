export * from './wirelesslan.ts'
export * from './wirelesslangroup.ts'
export * from './wirelesslink.ts'
