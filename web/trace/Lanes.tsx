import { type CSSProperties, lazy, Suspense, useMemo, useState } from 'react'
import { useMeta } from '../api/meta.ts'
import { cssColor, inkOn } from '../ui/color.ts'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { StatusBadge } from '../ui/StatusBadge.tsx'
import { type Berth, type Box, columnsOf, lanesOf, type Strand } from './lanes.ts'
import styles from './lanes.module.css'
import { hrefOf, isTraced, type Look, type Node, type Route, type Routes } from './route.ts'

const Connect = lazy(async () => ({ default: (await import('./Connect.tsx')).Connect }))

interface Drawn {
  readonly objects: Routes['objects']
  /** The object whose page this is. */
  readonly here: Node
  /** Nothing leads anywhere: what is drawn is not there yet. */
  readonly plain?: boolean
}

/** A path from left to right, on a narrow screen from top to bottom: boxes with their ports, and the links between. */
export function Lanes({ route, ...drawn }: Drawn & { route: Route }) {
  const { objects } = drawn
  const columns = useMemo(() => columnsOf(route, objects), [route, objects])
  const lanes = Math.max(
    ...columns.map(column =>
      column.kind === 'stop' ? sum(column.boxes.map(box => box.lanes)) : sum(column.strands.map(lanesOf)),
    ),
  )
  const several = columns.some(column => column.kind === 'stop' && column.boxes.length > 1)
  const style = { '--lanes': lanes, '--lane': `${several ? 64 : lanes > 2 ? 48 : 56}px` } as CSSProperties
  return (
    <div
      className={styles.scroller}
      data-plain={drawn.plain}
      tabIndex={0}
      role="region"
      aria-label="The path, scrollable"
    >
      <ol className={styles.root} style={style}>
        {columns.map((column, at) => (
          <li key={at} className={column.kind === 'stop' ? styles.stop : styles.links}>
            {column.kind === 'stop'
              ? column.boxes.map(box => (
                  <Holder key={box.holder} box={box} alone={column.boxes.length === 1} {...drawn} />
                ))
              : column.strands.map((strand, index) => <Links key={index} strand={strand} {...drawn} />)}
          </li>
        ))}
        {route.onward.length > 0 && !route.is_complete && (
          <li className={styles.stop}>
            <Onward nodes={route.onward} {...drawn} />
          </li>
        )}
      </ol>
    </div>
  )
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)

function Holder({ box, alone, ...drawn }: Drawn & { box: Box; alone: boolean }) {
  const { holder, arrives, leaves } = box
  const look = drawn.objects[holder]!
  const whole = [...arrives, ...leaves].every(({ node }) => node === holder)
  const color = cssColor(look.color)
  const style = { '--grow': box.lanes, ...(color && { '--edge': color }) } as CSSProperties
  return (
    <div className={styles.box} style={style} data-alone={alone || undefined} data-whole={whole || undefined}>
      <div className={styles.name}>
        <Named look={look} strong plain={drawn.plain} />
        {look.lines.slice(0, 2).map(line => (
          <span key={line} className={styles.note} title={line}>
            {line}
          </span>
        ))}
      </div>
      {!whole && (
        <>
          <Ports berths={arrives} side="arrives" {...drawn} />
          <Ports berths={leaves} side="leaves" {...drawn} />
        </>
      )}
    </div>
  )
}

function Ports({
  berths,
  side,
  objects,
  here,
  plain,
}: Drawn & { berths: readonly Berth[]; side: 'arrives' | 'leaves' }) {
  if (!berths.length) return null
  return (
    <div className={styles.ports} data-side={side}>
      {berths.map(({ node, lanes }) => {
        const look = objects[node]!
        const color = cssColor(look.color)
        return (
          <span
            key={node}
            className={styles.port}
            data-here={node === here || undefined}
            style={
              {
                '--grow': lanes,
                ...(color && { background: color, color: inkOn(color), borderColor: 'transparent' }),
              } as CSSProperties
            }
          >
            <Named look={look} plain={plain} />
            {look.lines.map(line => (
              <span key={line} className={styles.note}>
                {line}
              </span>
            ))}
          </span>
        )
      })}
    </div>
  )
}

function Links({ strand, objects, here, plain }: Drawn & { strand: Strand }) {
  const { near, link, far } = strand
  const look = link ? objects[link]! : undefined
  const kind = !look ? 'none' : look.model === 'dcim.cable' ? 'cable' : 'radio'
  const planned = look?.status && look.status.value !== 'connected'
  const style = {
    '--grow': lanesOf(strand),
    ...(look && { '--wire': cssColor(look.color) ?? 'var(--d-muted)' }),
  } as CSSProperties
  return (
    <div
      className={styles.strand}
      style={style}
      data-kind={kind}
      data-dashed={Boolean(planned) || undefined}
      data-open={!far.length || undefined}
      data-here={link === here || undefined}
    >
      <div className={styles.wires} aria-hidden>
        <Fan count={near.length} side="near" />
        <i className={styles.wire} data-near={near.length > 1 || undefined} data-far={far.length > 1 || undefined} />
        <Fan count={far.length} side="far" />
        {!far.length && <i className={styles.stopper} />}
      </div>
      <div className={styles.label}>
        {look && (
          <span className={styles.title}>
            {look.model === 'wireless.wirelesslink' && <Icon name="wifi" size={13} />}
            <Named look={look} unnamed="Restricted link" plain={plain} />
            {planned && <StatusBadge label={look.status!.label ?? look.status!.value} color={look.status!.color} />}
          </span>
        )}
        {look && look.lines.length > 0 && (
          <span className={styles.note} title={look.lines.join(' · ')}>
            {look.lines.join(' · ')}
          </span>
        )}
        {!far.length && (
          <span className={styles.nowhere}>
            {look ? 'open end' : 'no cable'}
            {!look && near[0] && <Plug look={objects[near[0]]!} />}
          </span>
        )}
      </div>
    </div>
  )
}

/** Offers to plug a cable in where a path ends for want of one. */
function Plug({ look }: { look: Look }) {
  const meta = useMeta()
  const [open, setOpen] = useState(false)
  const model = meta.models[look.model]
  if (!model || look.display === null || !meta.models['dcim.cable']?.may.includes('add')) return null
  return (
    <>
      {' · '}
      <button type="button" className={styles.plug} onClick={() => setOpen(true)}>
        connect
      </button>
      {open && (
        <Suspense fallback={null}>
          <Connect model={model} id={String(look.id)} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Where several ports come together in one link. */
function Fan({ count, side }: { count: number; side: 'near' | 'far' }) {
  if (count < 2) return null
  return (
    <>
      <i className={styles.bracket} data-side={side} style={{ '--of': count } as CSSProperties} />
      {Array.from({ length: count }, (_, at) => (
        <i key={at} className={styles.tick} data-side={side} style={{ '--at': (at + 0.5) / count } as CSSProperties} />
      ))}
    </>
  )
}

function Onward({ nodes, objects }: Drawn & { nodes: readonly Node[] }) {
  const shown = nodes.slice(0, 24)
  return (
    <div className={styles.choices}>
      <b>The path is split</b>
      <span className={styles.note}>Nothing tells which way it goes on:</span>
      <div>
        {shown.map(node => (
          <span key={node} className={styles.choice}>
            <Named look={objects[node]!} traced />
          </span>
        ))}
        {nodes.length > shown.length && <span className={styles.note}>and {nodes.length - shown.length} more</span>}
      </div>
    </div>
  )
}

function Named(props: {
  look: Look
  strong?: boolean
  traced?: boolean
  unnamed?: string
  plain?: boolean | undefined
}) {
  const meta = useMeta()
  const { look } = props
  const href = hrefOf(meta, look)
  const text = look.display ?? props.unnamed ?? 'Restricted'
  const kind = meta.models[look.model]
  if (props.plain) return <span className={props.strong ? styles.strong : styles.link}>{text}</span>
  if (!href)
    return (
      <span className={styles.restricted} title="Your permissions do not cover this">
        {text}
      </span>
    )
  return (
    <Go
      href={props.traced && kind && isTraced(kind) ? `${href}trace/` : href}
      className={props.strong ? styles.strong : styles.link}
      title={[text, ...look.lines].join('\n')}
    >
      {text}
    </Go>
  )
}
