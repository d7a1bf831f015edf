/** A value as one line of text, whatever its shape; empty for none. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join(', ')
  if (typeof value !== 'object') return String(value)
  const shown = value as Record<string, unknown>
  if (shown.object && typeof shown.object === 'object') return plain(shown.object)
  return String(shown.display ?? shown.label ?? shown.name ?? shown.value ?? JSON.stringify(value))
}

/** Whether there is nothing to show. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** The device or the like that a brief object sits on, or the maker of a type, unless its own name says so. */
export function parentOf(object: unknown): Record<string, unknown> | undefined {
  const { device, virtual_machine, circuit, power_panel, manufacturer } = (object ?? {}) as Record<string, unknown>
  const parent = device ?? virtual_machine ?? circuit ?? power_panel ?? manufacturer
  if (!parent || typeof parent !== 'object' || plain(object).startsWith(plain(parent))) return undefined
  return parent as Record<string, unknown>
}

/** The objects of a list of references; cable terminations wrap theirs. */
export function objectsOf(value: unknown): unknown[] {
  const list = Array.isArray(value) ? value : value ? [value] : []
  return list
    .map((each: unknown) => (each && typeof each === 'object' && 'object' in each ? each.object : each))
    .filter(Boolean)
}
