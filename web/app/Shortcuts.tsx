import { Kbd, Modal } from '@mantine/core'
import { Fragment, useEffect, useRef, useState } from 'react'
import { titleCase, useMeta } from '../api/meta.ts'
import styles from './Shortcuts.module.css'
import { useGo } from '../ui/Go.tsx'

const places: Readonly<Record<string, string>> = {
  d: 'dcim.device',
  r: 'dcim.rack',
  s: 'dcim.site',
  p: 'ipam.prefix',
  i: 'ipam.ipaddress',
  v: 'ipam.vlan',
  c: 'circuits.circuit',
  m: 'virtualization.virtualmachine',
  t: 'tenancy.tenant',
  l: 'dcim.cable',
}

/** Keys that work on every page, and the map of them. */
export function Shortcuts({ onPalette }: { onPalette: () => void }) {
  const meta = useMeta()
  const goTo = useGo()
  const [shown, setShown] = useState(false)
  const going = useRef(0)

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '?') setShown(true)
      else if (event.key === 'g') going.current = Date.now()
      else if (Date.now() - going.current < 1200) {
        going.current = 0
        const path = event.key === 'h' ? '/' : meta.models[places[event.key] ?? '']?.path
        if (path) goTo(path)
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [meta, goTo, onPalette])

  const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
    [['Ctrl', 'K'], 'Go to or search'],
    [['/'], 'Search in the list'],
    [['f'], 'Add a filter to the list'],
    [['j'], 'Next row'],
    [['k'], 'Previous row'],
    [['Enter'], 'Open the row'],
    [['x'], 'Select the row'],
    [['⇧', 'x'], 'Select all rows up to this one'],
    [['Space'], 'Move the device, in a rack'],
    [['n'], 'New'],
    [['e'], 'Edit'],
    [['c'], 'Clone'],
    [['Ctrl', 'Enter'], 'Save the form'],
    [['['], 'Previous page'],
    [[']'], 'Next page'],
    [['Ctrl', 'B'], 'Fold the sidebar'],
    [['g', 'h'], 'Home'],
    ...Object.entries(places).flatMap(([key, name]) => {
      const model = meta.models[name]
      return model ? [[['g', key], titleCase(model.plural)] as const] : []
    }),
  ]
  return (
    <Modal
      opened={shown}
      onClose={() => setShown(false)}
      title="Keyboard shortcuts"
      size={560}
      transitionProps={{ duration: 80 }}
    >
      <dl className={styles.keys}>
        {keys.map(([parts, does]) => (
          <Fragment key={does}>
            <dt>
              {parts.map(part => (
                <Kbd key={part} size="xs">
                  {part}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  )
}

/** Whether keys belong to what the user is typing in. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      (/^(input|textarea|select)$/i.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox'))
  )
}
