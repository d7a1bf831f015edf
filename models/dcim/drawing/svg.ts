type Attributes = Readonly<Record<string, string | number | null | undefined>>

const escape = (text: string) =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

/** Text between tags. */
export const text = (content: string | number) => escape(String(content))

/** An element with its attributes, those without a value left out, and what is inside. */
export function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value))}"`)
    .join('')
  return inside.length ? `<${name}${written}>${inside.join('')}</${name}>` : `<${name}${written}/>`
}

/** A link that opens in the page around the drawing. */
export const link = (href: string, ...inside: readonly string[]) => element('a', { href, target: '_parent' }, ...inside)

/** A picture of the size given, in its own type. */
export const picture = (width: number, height: number, style: string, ...inside: readonly string[]): Blob =>
  new Blob(
    [
      element(
        'svg',
        { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
        element('style', {}, style),
        ...inside,
      ),
    ],
    { type: 'image/svg+xml' },
  )

/** Black or white, whichever can be read on a colour. */
export function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = (color.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? '#000000' : '#ffffff'
}
