import type { Entry } from '@demarc/engine/changelog'

/** The place of an entry among those that tell of one cable. */
interface Place {
  readonly cable: number
  readonly phase: number
  readonly termination: number
  readonly step: number
}

/**
 * Put what the change log tells of cables in order, one cable after the other: what left it, what came to it, each with its
 * termination, then the cable itself. A new cable is told of twice, without and with its terminations.
 */
export async function arrange(entries: Entry[]): Promise<void> {
  for (const [at, entry] of [...entries.entries()].toReversed()) {
    if (entry.model.name !== 'dcim.cable' || entry.action !== 'create') continue
    entries[at] = { ...entry, after: { ...entry.after, a_terminations: [], b_terminations: [] } }
    entries.splice(at + 1, 0, { ...entry, action: 'update' })
  }
  const terminations = new Map<string, number>()
  for (const { model, id, before, after, action } of entries)
    if (model.name === 'dcim.cabletermination') {
      const data = (before ?? after)!
      terminations.set(
        `${action === 'create'} ${data['cable']} ${data['termination_type']} ${data['termination_id']}`,
        id,
      )
    }
  renameLeaving(entries)
  const numbers = typeNumbers(entries)
  const deleted = new Set(
    entries.filter(({ model, action }) => model.name === 'dcim.cable' && action === 'delete').map(({ id }) => id),
  )

  const placeOf = ({ model, id, action, before, after }: Entry): Place | undefined => {
    if (model.name === 'dcim.cable') {
      const phase = action === 'create' ? 0 : action === 'delete' ? 3 : 5
      return { cable: id, phase, termination: 0, step: 0 }
    }
    if (model.name === 'dcim.cabletermination') {
      const cable = (before ?? after)!['cable'] as number
      return { cable, phase: action === 'create' ? 2 : 1, termination: id, step: action === 'create' ? 0 : 1 }
    }
    if (action !== 'update' || !before || !after || before['cable'] === after['cable']) return undefined
    const comes = after['cable'] !== null
    const cable = (comes ? after['cable'] : before['cable']) as number
    const termination = terminations.get(`${comes} ${cable} ${numbers.get(model.name)} ${id}`)
    if (termination === undefined) return undefined
    if (comes) return { cable, phase: 2, termination, step: 1 }
    // What a deleted cable frees is told of last, and backwards.
    return deleted.has(cable)
      ? { cable, phase: 4, termination: -termination, step: 0 }
      : { cable, phase: 1, termination, step: 0 }
  }

  const placed = entries.flatMap((entry, at) => {
    const place = placeOf(entry)
    return place ? [{ entry, at, place }] : []
  })
  const cables = [
    ...new Set(placed.filter(({ entry }) => entry.model.name === 'dcim.cable').map(({ place }) => place.cable)),
  ]
  const told = new Map(cables.map((cable, at) => [cable, at]))
  const sorted = placed.toSorted(
    ({ place: one }, { place: other }) =>
      (told.get(one.cable) ?? Infinity) - (told.get(other.cable) ?? Infinity) ||
      one.cable - other.cable ||
      one.phase - other.phase ||
      one.termination - other.termination ||
      one.step - other.step,
  )
  for (const [index, { at }] of placed.entries()) entries[at] = sorted[index]!.entry
}

/** Numbers by which snapshots name the models of what terminates cables; each entry of a termination relates to one. */
const typeNumbers = (entries: readonly Entry[]) =>
  new Map(
    entries.flatMap(({ model, related, before, after }) =>
      model.name === 'dcim.cabletermination' && related
        ? [[related[0], (before ?? after)!['termination_type'] as number] as const]
        : [],
    ),
  )

/** What leaves a cable that is renamed in the same request leaves it under its old name. */
function renameLeaving(entries: Entry[]): void {
  const names = new Map(
    entries.flatMap(({ model, action, id, before, display }) =>
      model.name === 'dcim.cable' && action === 'update' && before
        ? [[id, { old: String(before['label'] || `#${id}`), now: display }] as const]
        : [],
    ),
  )
  for (const [at, entry] of entries.entries()) {
    if (entry.model.name !== 'dcim.cabletermination' || entry.action !== 'delete') continue
    const name = names.get(entry.before!['cable'] as number)
    const prefix = `Cable ${name?.now} to `
    if (name && entry.display.startsWith(prefix))
      entries[at] = { ...entry, display: `Cable ${name.old} to ${entry.display.slice(prefix.length)}` }
  }
}
