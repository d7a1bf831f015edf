/** What numbers the units of a rack. */
export interface Numbering {
  readonly u_height: number
  readonly starting_unit: number
  readonly desc_units: boolean
}

/** Every half unit of a rack by its number, from the top down: 42.5, 42, 41.5 … or, counted downwards, 1, 1.5, 2 … */
export function halfUnits({ u_height, starting_unit, desc_units }: Numbering): number[] {
  const upward = Array.from({ length: u_height * 2 }, (_, half) => starting_unit + half / 2)
  return desc_units ? upward : upward.reverse()
}

/** The half units that something of a height covers, from its position on. */
export const covered = (position: number, height: number): number[] =>
  Array.from({ length: height * 2 }, (_, half) => position + half / 2)

/** `U42`, or `U42.5` for the upper half. */
export const unitName = (unit: number) => `U${unit}`
