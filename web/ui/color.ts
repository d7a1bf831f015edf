const named: Readonly<Record<string, string>> = {
  green: '#2fa36b',
  red: '#d9483b',
  cyan: '#17a2b8',
  blue: '#2f7de1',
  gray: '#7c8a9c',
  grey: '#7c8a9c',
  yellow: '#d6a514',
  orange: '#e8842c',
  purple: '#8a5bd6',
  indigo: '#5566d8',
  teal: '#159a8c',
  pink: '#d6509a',
  black: '#3a4351',
  white: '#c9d0da',
  amber: '#d6a514',
  brown: '#8a6246',
}

/** A colour the server names, `green` or `9e9e9e`, as CSS writes it. */
export function cssColor(color: string | null | undefined): string | undefined {
  if (!color) return undefined
  if (named[color]) return named[color]
  return /^[0-9a-f]{3}(?:[0-9a-f]{3})?$/i.test(color) ? `#${color}` : undefined
}

/** Black or white, whichever reads better on a colour. */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const hex = color.replace('#', '')
  const full = hex.length === 3 ? [...hex].map(digit => digit + digit).join('') : hex
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(at => {
    const value = parseInt(full.slice(at, at + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}
