import { uiPathOf, type ReadCall } from '@demarc/engine/model'
import { LinkStatus } from '../cable.ts'
import { element, inkOn, link, picture, text } from '../drawing/svg.ts'
import { lengthOf, type Length } from './length.ts'
import { readLooks, type Look } from './look.ts'
import { nodeText, type Node } from './node.ts'
import type { Route } from './route.ts'
import type { Segment } from './segment.ts'

const padding = 10
const line = 20
const linkHeight = 150
const gapHeight = 60
/** How far a strand runs before it meets others in a link. */
const fan = 35
/** How wide a letter is on average. */
const letter = 7

const style = `
svg { font: 13px system-ui, sans-serif; background: #ffffff }
text { text-anchor: middle; dominant-baseline: central }
.parent { stroke: #495057 }
.title { font-weight: bold }
.termination { stroke: #adb5bd }
.restricted { fill: #f1f3f5; stroke: #adb5bd; stroke-dasharray: 4 3 }
.choice { fill: #fff9db; stroke: #e67700; stroke-dasharray: 4 3 }
.link, .attachment, .shadow { fill: none; stroke-linejoin: round }
.link { stroke-width: 5 }
.shadow { stroke: #303030; stroke-width: 7 }
.attachment { stroke: #adb5bd; stroke-width: 3; stroke-dasharray: 6 5 }
.radio { stroke-dasharray: 4 6 }
.open { fill: #ffffff; stroke: #e03131; stroke-width: 2 }
.plate { fill: #ffffff; fill-opacity: 0.92 }
.note { fill: #495057 }
.fault { fill: #c92a2a }
`

/** A drawn box: what it shows, and where its middle is. */
interface Placed {
  readonly look: Look
  readonly x: number
}

/**
 * Paths from the top down: what holds each termination, the termination, and the links between them; then how it ends,
 * and where it could go on if it is split. Without any, what one would begin at.
 */
export async function drawTrace(call: ReadCall, here: Node, routes: readonly Route[]): Promise<Blob> {
  const asked = Number(call.params.get('width'))
  const width = Number.isInteger(asked) && asked > 0 ? asked : 400
  const all = routes.flatMap(({ segments }) => segments)
  const looks = await readLooks(call, all, [here, ...routes.flatMap(({ onward }) => onward)])
  const hrefOf = ([model, id]: Node) =>
    `${call.origin}/${call.registry.model(model).app}/${uiPathOf(call.registry.model(model))}/${id}/`
  const sheet = new Sheet(width, node => looks.get(nodeText(...node))!, hrefOf)
  if (routes.length === 0) {
    sheet.segment({ near: [here], links: [], far: [] })
    sheet.note('Not connected')
  }
  for (const route of routes) {
    for (const segment of route.segments) sheet.segment(segment)
    if (route.id === null && !route.is_complete) sheet.note('No path leads through here')
    else if (route.is_split && !route.is_complete) sheet.split(route.onward)
    else if (!route.is_complete) sheet.note('The path ends here')
    sheet.note(summaryOf(route, lengthOf(route.segments, looks)), 'note')
    sheet.end()
  }
  return sheet.picture()
}

/** How a path stands and how long it is; empty where there is nothing to say. */
function summaryOf({ is_complete, is_active }: Route, { metres, definitive }: Length): string {
  const long = metres ? `${definitive ? '' : 'at least '}${metres.toLocaleString('en')} m` : ''
  if (!is_complete) return long && `So far ${long}`
  const state = is_active ? 'Reachable' : 'Complete, but not all links are connected'
  return [state, long].filter(Boolean).join(' · ')
}

/** Paper on which a path grows downwards. */
class Sheet {
  readonly #width: number
  readonly #look: (node: Node) => Look
  readonly #hrefOf: (node: Node) => string
  readonly #drawn: string[] = []
  #y = padding
  /** The holders of what was drawn last, which are not drawn again. */
  #above = ''

  constructor(width: number, look: (node: Node) => Look, hrefOf: (node: Node) => string) {
    this.#width = width
    this.#look = look
    this.#hrefOf = hrefOf
  }

  /** What a segment leaves, its links, and what it comes to. */
  segment({ near, links, far }: Segment): void {
    this.#hold(near)
    const starts = this.#terminations(near)
    this.#above = ''
    if (links.length === 0 && far.length === 0) return this.#stubs(starts)
    const top = this.#y
    this.#y += links.length ? linkHeight : gapHeight
    const bottom = this.#y
    const before = this.#drawn.length
    const stops = this.#terminations(far)
    this.#hold(far)
    // Links lie below the boxes that they reach.
    const wires = this.#drawn.splice(before)
    if (links.length === 0)
      for (const start of starts)
        for (const stop of stops) this.#drawn.push(strand('attachment', start.x, stop.x, top, bottom))
    else this.#links(links, starts, stops, top, bottom)
    this.#drawn.push(...wires)
  }

  /** That a path stopped where it could not tell which way to go, and the ways there are. */
  split(onward: readonly Node[]): void {
    this.note(onward.length ? 'The path is split. It could go on to:' : 'The path is split.')
    if (onward.length) this.#boxes(onward, 'choice')
    this.#y += padding
  }

  /** A line of text below all else. */
  note(words: string, kind: 'note' | 'fault' = 'fault'): void {
    if (!words) return
    this.#y += padding
    this.#drawn.push(element('text', { class: kind, x: this.#width / 2, y: this.#y + line / 2 }, text(words)))
    this.#y += line
  }

  /** That what follows is another path. */
  end(): void {
    this.#above = ''
    this.#y += padding
  }

  picture(): Blob {
    return picture(this.#width, this.#y + padding, style, ...this.#drawn)
  }

  /** The holders of terminations, each as wide as its terminations are. */
  #hold(nodes: readonly Node[]): void {
    const parents = nodes.map(node => this.#look(node).parent)
    const name = [...new Set(parents.map(parent => nodeText(...parent)))].join()
    if (name !== this.#above && nodes.some(node => !this.#isWhole(node))) this.#boxes(parents, 'parent')
    this.#above = name
  }

  #terminations(nodes: readonly Node[]): Placed[] {
    const whole = nodes.length > 0 && nodes.every(node => this.#isWhole(node))
    return this.#boxes(nodes, whole ? 'parent' : 'termination')
  }

  #isWhole(node: Node): boolean {
    return nodeText(...this.#look(node).parent) === nodeText(...node)
  }

  /** A row of boxes that share the width; equal neighbours are one. */
  #boxes(nodes: readonly Node[], kind: 'parent' | 'termination' | 'choice'): Placed[] {
    const each = (this.#width - padding * 2) / Math.max(nodes.length, 1)
    const runs = nodes.flatMap((node, at) => {
      const same = (other: Node | undefined) => other !== undefined && nodeText(...other) === nodeText(...node)
      if (same(nodes[at - 1])) return []
      const rest = nodes.slice(at)
      const end = rest.findIndex(other => !same(other))
      return [{ look: this.#look(node), at, count: end < 0 ? rest.length : end }]
    })
    const most = Math.max(0, ...runs.map(({ look }) => 1 + (look.display === null ? 0 : look.lines.length)))
    const height = most ? most * line + padding : 0
    const placed = runs.map(({ look, at, count }) => {
      const x = padding + at * each
      this.#drawn.push(this.#box(look, kind, { x, y: this.#y, width: each * count, height }))
      return { look, x: x + (each * count) / 2 }
    })
    this.#y += height
    return placed
  }

  #box(look: Look, kind: string, place: { x: number; y: number; width: number; height: number }): string {
    const [middle, letters] = [place.x + place.width / 2, Math.floor((place.width - 8) / letter)]
    const shape = { ...place, rx: kind === 'parent' ? 10 : 5 }
    const words = (content: string, at: number, ink: string) =>
      element(
        'text',
        { class: at === 0 ? 'title' : null, x: middle, y: place.y + padding / 2 + (at + 0.5) * line, fill: ink },
        text(shortened(content, letters)),
      )
    if (look.display === null)
      return element('rect', { class: 'restricted', ...shape }) + words('Restricted', 0, '#868e96')
    const color = look.color || (kind === 'parent' ? 'e0e0e0' : 'f0f0f0')
    const ink = kind === 'choice' ? '#000000' : inkOn(color)
    const lines = [titleOf(look), ...look.lines]
    return link(
      this.#hrefOf(look.node),
      element('title', {}, text(lines.join('\n'))),
      element('rect', { class: kind, ...shape, fill: kind === 'choice' ? null : `#${color}` }),
      ...lines.map((content, at) => words(content, at, ink)),
    )
  }

  #links(
    links: readonly Node[],
    starts: readonly Placed[],
    stops: readonly Placed[],
    top: number,
    bottom: number,
  ): void {
    const isOn = (wire: Node) => (placed: Placed) =>
      links.length === 1 || (placed.look.link !== null && nodeText(...placed.look.link) === nodeText(...wire))
    for (const [at, node] of links.entries()) {
      const wire = this.#look(node)
      const [from, to] = [starts.filter(isOn(node)), stops.filter(isOn(node))]
      const ends = [...from, ...to]
      const x = ends.length
        ? ends.reduce((sum, end) => sum + end.x, 0) / ends.length
        : (this.#width / (links.length + 1)) * (at + 1)
      const single = from.length <= 1 && to.length <= 1
      const end = to.length ? bottom : bottom - fan
      const runs = single
        ? [
            `${from[0]?.x ?? x},${top} ${from[0]?.x ?? x},${top + fan} ${to[0]?.x ?? x},${bottom - fan} ${to[0]?.x ?? x},${end}`,
          ]
        : [
            ...from.map(
              start => `${start.x},${top} ${start.x},${top + fan / 2} ${x},${top + fan} ${x},${bottom - fan}`,
            ),
            ...to.map(stop => `${x},${bottom - fan} ${stop.x},${bottom - fan / 2} ${stop.x},${bottom}`),
          ]
      this.#drawn.push(
        this.#wire(wire, runs, { x, y: (top + bottom) / 2, width: this.#width / links.length }, links.length > 2),
      )
      if (to.length === 0) this.#drawn.push(element('circle', { class: 'open', cx: x, cy: end, r: 6 }))
    }
    this.#stubs(
      starts.filter(start => links.length > 1 && !links.some(node => isOn(node)(start))),
      top,
    )
  }

  #wire(wire: Look, runs: readonly string[], at: { x: number; y: number; width: number }, short: boolean): string {
    const isCable = wire.node[0] === 'dcim.cable'
    const strokes = (kind: string, color: string | null) =>
      runs.map(points => element('polyline', { class: kind, points, stroke: color && `#${color}` }))
    if (wire.display === null) return [...strokes('attachment', null), ...labels(['Restricted link'], at)].join('')
    const status = wire.status && (LinkStatus.values.get(wire.status as never)?.label ?? wire.status)
    const lines = [titleOf(wire), status ?? '', wire.lines.join(' · ')].filter(Boolean)
    return link(
      this.#hrefOf(wire.node),
      element('title', {}, text([titleOf(wire), status ?? '', ...wire.lines].join('\n'))),
      ...(isCable ? strokes('shadow', null) : []),
      ...strokes(isCable ? 'link' : 'link radio', wire.color || (isCable ? '000000' : '606060')),
      ...labels(short ? lines.slice(0, 1) : lines, at),
    )
  }

  /** Ends of strands that lead no further. */
  #stubs(starts: readonly Placed[], top = this.#y): void {
    for (const { x } of starts)
      this.#drawn.push(
        strand('attachment', x, x, top, top + fan),
        element('circle', { class: 'open', cx: x, cy: top + fan, r: 6 }),
      )
    if (starts.length) this.#y = Math.max(this.#y, top + fan + padding)
  }
}

/** What the names of some models alone would not tell. */
const kinds: Readonly<Record<string, string>> = {
  'circuits.circuit': 'Circuit ',
  'circuits.virtualcircuit': 'Virtual circuit ',
  'dcim.cable': 'Cable ',
  'wireless.wirelesslink': 'Wireless link ',
}

const titleOf = ({ node: [model], display }: Look) => (kinds[model] ?? '') + display

const shortened = (words: string, letters: number) =>
  words.length > letters ? `${words.slice(0, Math.max(letters - 1, 1))}…` : words

/** A line that leaves and arrives straight. */
const strand = (kind: string, from: number, to: number, top: number, bottom: number) => {
  const bend = Math.min(fan, (bottom - top) / 2)
  return element('polyline', {
    class: kind,
    points: `${from},${top} ${from},${top + bend} ${to},${bottom - bend} ${to},${bottom}`,
  })
}

/** Lines of words across a link, on a plate that keeps them from what lies below. */
function labels(lines: readonly string[], { x, y, width }: { x: number; y: number; width: number }): string[] {
  const letters = Math.floor(width / letter)
  const shown = lines.map(words => shortened(words, letters))
  const plate = { width: Math.max(...shown.map(words => words.length)) * letter + padding, height: lines.length * line }
  return [
    element('rect', { class: 'plate', x: x - plate.width / 2, y: y - plate.height / 2, ...plate, rx: 4 }),
    ...shown.map((words, at) => element('text', { x, y: y + (at - (lines.length - 1) / 2) * line }, text(words))),
  ]
}
