import { useDrawnOnDevices } from '../../app/memory.ts'
import { Switcher } from '../../ui/Switcher.tsx'

/** The choice of what is drawn on devices, kept for all racks. */
export function DrawnSwitcher() {
  const [drawn, setDrawn] = useDrawnOnDevices()
  return <Switcher label="What is drawn on devices" values={labels} value={drawn} onChange={setDrawn} />
}

const labels = [
  ['names', 'Names'],
  ['images', 'Images'],
  ['both', 'Both'],
] as const
