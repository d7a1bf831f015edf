/** A part of a whole in percent, to one decimal place; 0 of nothing. */
export const shareOf = (part: number, whole: number): number => (whole ? Math.round((part / whole) * 1000) / 10 : 0)

/** A share as files have it: a number as Python prints it where it has decimals, `30.0`. */
export const shareText = (percent: number): string => (Number.isInteger(percent) ? percent.toFixed(1) : String(percent))
