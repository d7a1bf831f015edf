const [largest, smallest] = [12, 9.5]

let pen: CanvasRenderingContext2D | null | undefined

/** Width of a text in the page's face at a size of 12 pixels. */
function widthOf(text: string): number {
  pen ??= document.createElement('canvas').getContext('2d')
  if (!pen) return text.length * 6.5
  pen.font = `${largest}px 'Inter Variable', system-ui, sans-serif`
  return pen.measureText(text).width
}

/** A text that fits into a width, in pixels: made smaller first, then cut short. */
export function fitted(text: string, width: number, tallest = largest): { text: string; size: number } {
  const natural = widthOf(text)
  const size = Math.min(tallest, Math.max(Math.min(smallest, tallest), (width / natural) * largest))
  const room = (width / size) * largest
  if (natural <= room + 0.5) return { text, size }
  const kept = Math.max(1, Math.floor((room / natural) * text.length) - 1)
  return { text: `${text.slice(0, kept).trimEnd()}…`, size }
}
