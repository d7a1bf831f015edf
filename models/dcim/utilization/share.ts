/** A part of a whole in percent, to one decimal place; 0 of nothing. */
export const shareOf = (part: number, whole: number): number => (whole ? Math.round((part / whole) * 1000) / 10 : 0)
