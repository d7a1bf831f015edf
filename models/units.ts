import { choices } from '@demarc/engine/field'

export const DiameterUnit = choices('DiameterUnit', {
  mm: ['Millimeters'],
  cm: ['Centimeters'],
  in: ['Inches'],
})

export const DistanceUnit = choices('DistanceUnit', {
  km: ['Kilometers'],
  m: ['Meters'],
  mi: ['Miles'],
  ft: ['Feet'],
})

export const FlowRateUnit = choices('FlowRateUnit', {
  lpm: ['Liters per minute (L/min)'],
  m3ph: ['Cubic meters per hour (m³/h)'],
  gpm: ['Gallons per minute (GPM)'],
})

export const WeightUnit = choices('WeightUnit', {
  kg: ['Kilograms'],
  g: ['Grams'],
  lb: ['Pounds'],
  oz: ['Ounces'],
})

const gramsPer: Readonly<Record<string, number>> = { kg: 1000, g: 1, lb: 453.592, oz: 28.3495 }
const millimetersPer: Readonly<Record<string, number>> = { mm: 1, cm: 10, in: 25.4 }
const litersPerMinutePer: Readonly<Record<string, number>> = { lpm: 1, m3ph: 1000 / 60, gpm: 3.785411784 }

/** A weight in whole grams, by which weights in different units sort; null without a weight or a unit. */
export const gramsOf = (weight: number | null, unit: string | null): number | null =>
  weight && unit ? Math.trunc(Number((weight * gramsPer[unit]!).toFixed(6))) : null

/** A diameter in millimeters. */
export const millimetersOf = (diameter: number | null, unit: string | null): number | null =>
  diameter && unit ? Number((diameter * millimetersPer[unit]!).toFixed(4)) : null

/** A flow in liters per minute. */
export const litersPerMinuteOf = (flow: number | null, unit: string | null): number | null =>
  flow && unit ? Number((flow * litersPerMinutePer[unit]!).toFixed(4)) : null
