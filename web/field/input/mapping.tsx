import { ActionIcon, Button, TextInput } from '@mantine/core'
import IconX from '@tabler/icons-react/icons/IconX'
import { useState } from 'react'
import { titleCase, useMeta } from '../../api/meta.ts'
import styles from '../field.module.css'
import { mappingsOf, usePorts } from '../mapping.tsx'
import { Picker, type Picked } from './Picker.tsx'
import { type InputProps, type InputView, Unfit } from './view.ts'

interface Line {
  readonly position: string
  readonly port: Picked | null
  readonly far: string
}

/** Which position of a port leads to which of another, line by line. */
export const mapping: InputView = {
  Input,
  group: true,
  read: value =>
    mappingsOf(value).map(({ position, port, far }): Line => ({
      position: String(position),
      port: { id: port, display: '' },
      far: String(far),
    })),
  write: (value, field) => {
    const side = field.to?.[0]?.includes('rearport') ? 'rear_port' : 'front_port'
    return (value as readonly Line[]).map(({ position, port, far }, at) => {
      if (!port) throw new Unfit(`Line ${at + 1} leads to no port yet.`)
      if (![position, far].every(each => /^[1-9]\d*$/.test(each)))
        throw new Unfit(`Line ${at + 1}: positions are numbers from 1.`)
      return { position: Number(position), [side]: port.id, [`${side}_position`]: Number(far) }
    })
  },
}

/** Most lines that are filled in at once. */
const most = 1024

function Input(props: InputProps) {
  const { field, label, onChange } = props
  const meta = useMeta()
  const model = meta.models[field.to?.[0] ?? '']
  const lines = props.value as readonly Line[]
  const names = usePorts(
    model,
    lines.flatMap(({ port }) => (port && !port.display ? [port.id] : [])),
  )
  const [upTo, setUpTo] = useState('')
  if (!model) return <span>Your permissions do not cover what could be chosen.</span>
  const last = lines.at(-1)
  const next: Line = last
    ? { position: after(last.position), port: last.port, far: after(last.far) }
    : { position: '1', port: null, far: '1' }
  const change = (at: number, more: Partial<Line>) =>
    onChange(lines.map((line, index) => (index === at ? { ...line, ...more } : line)))
  const fill = () => {
    const all = [...lines]
    for (let line = next; Number(line.position) <= Math.min(Number(upTo), most);) {
      all.push(line)
      line = { position: after(line.position), port: line.port, far: after(line.far) }
    }
    onChange(all)
    setUpTo('')
  }
  return (
    <div className={styles.stack}>
      {lines.length > 0 && (
        <div className={styles.lines}>
          <span aria-hidden>Position</span>
          <span aria-hidden>{titleCase(model.label.replace(/ template$/, ''))}</span>
          <span aria-hidden>Its position</span>
          <span />
          {lines.map((line, at) => (
            <div key={at} className={styles.line}>
              <TextInput
                aria-label={`Position in line ${at + 1}`}
                inputMode="numeric"
                value={line.position}
                onChange={event => change(at, { position: event.currentTarget.value })}
              />
              <Picker
                model={model}
                narrow={props.narrow}
                label={`Port in line ${at + 1}`}
                value={line.port && { ...line.port, display: line.port.display || (names.get(line.port.id) ?? '…') }}
                invalid={props.invalid && !line.port}
                onChange={port => change(at, { port })}
              />
              <TextInput
                aria-label={`Position there in line ${at + 1}`}
                inputMode="numeric"
                value={line.far}
                onChange={event => change(at, { far: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={`Remove line ${at + 1}`}
                onClick={() => onChange(lines.filter((_, index) => index !== at))}
              >
                <IconX size={15} />
              </ActionIcon>
            </div>
          ))}
        </div>
      )}
      <div className={styles.foot}>
        <Button
          id={props.id}
          variant="default"
          aria-describedby={props.describedBy}
          onClick={() => onChange([...lines, next])}
        >
          {lines.length ? 'Add the next' : `Add to ${label.toLowerCase()}`}
        </Button>
        {last?.port && (
          <>
            <span className={styles.muted}>or continue up to position</span>
            <TextInput
              aria-label="Continue up to position"
              inputMode="numeric"
              w={64}
              value={upTo}
              onChange={event => setUpTo(event.currentTarget.value)}
              onKeyDown={event => {
                if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
                event.preventDefault()
                fill()
              }}
            />
            <Button variant="default" disabled={!(Number(upTo) >= Number(next.position))} onClick={fill}>
              Fill
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

const after = (position: string) => String((Number(position) || 0) + 1)
