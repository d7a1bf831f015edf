import { action, type ReadCall } from '@demarc/engine/model'
import { drawElevation } from './elevation/drawing.ts'
import { mountedDevices, type Face } from './elevation/mounted.ts'
import { covered, halfUnits, unitName, type Numbering } from './elevation/units.ts'
import { parameterReader } from './parameter-reader.ts'
import { Rack } from './rack.ts'

const faceLabels = { front: 'Front', rear: 'Rear' } as const

/** What a client may ask of an elevation. */
export interface ElevationInput {
  readonly face: Face
  readonly render: 'json' | 'svg'
  readonly q: string
  readonly exclude: number | null
  readonly expandDevices: boolean
  readonly unitWidth: number
  readonly unitHeight: number
  readonly legendWidth: number
  readonly includeImages: boolean
  readonly highlight: readonly string[]
}

export const elevation = action(Rack, 'GET elevation', {
  about: 'The units of a rack from the top down, as seen from one face, each with the device that takes it up.',
  permission: 'view',
  async run(call) {
    const input = readInput(call)
    return input.render === 'svg' ? drawElevation(call, input) : call.page(await listUnits(call, input))
  },
})

async function listUnits(call: ReadCall, { face, q, exclude, expandDevices }: ElevationInput): Promise<object[]> {
  const devices = (await mountedDevices(call, face)).filter(device => device.id !== exclude)
  const ids = devices.map(({ id }) => id)
  const visible = await call.visible('dcim.device', ids)
  const shown = await call.brief(ids.filter(id => visible.has(id)).map(id => ['dcim.device', id]))
  const briefs = new Map(shown.map(device => [(device as { id: number }).id, device as { display: string }]))
  const at = new Map(
    devices.flatMap(({ id, position, height }) =>
      (expandDevices ? covered(position, height) : [position]).map(unit => [unit, id]),
    ),
  )
  const term = q.toLowerCase()
  return halfUnits(call.row as unknown as Numbering)
    .filter(unit => unit.toFixed(1).includes(term) || unitName(unit).toLowerCase().includes(term))
    .map(unit => {
      const device = briefs.get(at.get(unit)!) ?? null
      return {
        id: unit,
        name: unitName(unit),
        face: { value: face, label: faceLabels[face] },
        device,
        occupied: at.has(unit),
        display: unitName(unit),
        description: device?.display ?? null,
      }
    })
}

/** The parameters of the request; 400 with all that is wrong with them. */
function readInput({ params, settings }: ReadCall): ElevationInput {
  const { oneOf, whole, truth, checked } = parameterReader(params)
  return checked({
    face: oneOf('face', ['front', 'rear'], 'front'),
    render: oneOf('render', ['json', 'svg'], 'json'),
    q: params.get('q') ?? '',
    exclude: whole('exclude', null),
    expandDevices: truth('expand_devices', true),
    unitWidth: whole('unit_width', Number(settings['RACK_ELEVATION_DEFAULT_UNIT_WIDTH'] ?? 220))!,
    unitHeight: whole('unit_height', Number(settings['RACK_ELEVATION_DEFAULT_UNIT_HEIGHT'] ?? 22))!,
    legendWidth: whole('legend_width', 30)!,
    includeImages: truth('include_images', true),
    highlight: params.getAll('highlight'),
  })
}
