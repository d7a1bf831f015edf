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
