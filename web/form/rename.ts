import type { ModelMeta } from '@demarc/engine/meta'
import { Unfit } from '../field/input/view.ts'

/** The fields of a model that tell its objects apart for people, and so can be renamed. */
export function renamable(model: ModelMeta): readonly string[] {
  const fit = (key: string) => model.fields[key]?.widget === 'text' && !model.fields[key]!.readonly
  return model.may.includes('change') ? ['name', 'label', 'model', 'cid', 'ssid', 'username'].filter(fit) : []
}

/**
 * What replaces one text in another everywhere. With `regex` the first is a regular expression, in Python's spelling or
 * JavaScript's, and `\1` or `\g<name>` in the second stands for a group; a group that there is not leaves texts as they
 * are. Throws {@link Unfit} for an expression that is none.
 */
export function renamer(find: string, replace: string, regex: boolean): (text: string) => string {
  if (!regex) return text => (find ? text.replaceAll(find, () => replace) : text)
  const pattern = expression(find.replaceAll('(?P<', '(?<').replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`))
  const parts = partsOf(replace)
  const [, ...groups] = new RegExp(`${pattern.source}|`).exec('')!
  const known = (part: Part) =>
    typeof part === 'string' || typeof part.group === 'string' || part.group <= groups.length
  if (!find || !parts.every(known)) return text => text
  return text =>
    text.replace(pattern, (match: string, ...rest: unknown[]) => {
      const named = rest.at(-1) as Readonly<Record<string, string>> | string
      const all = [match, ...(rest as string[])]
      const value = (part: Part) => {
        if (typeof part === 'string') return part
        return (typeof part.group === 'number' ? all[part.group] : Object(named)[part.group]) ?? ''
      }
      return parts.map(value).join('')
    })
}

type Part = string | { readonly group: number | string }

function expression(source: string): RegExp {
  try {
    return new RegExp(source, 'g')
  } catch (error) {
    throw new Unfit(`This is no regular expression: ${(error as Error).message.replace(/^.*: /s, '')}.`)
  }
}

/** A replacement in pieces: text, and groups to put in. */
function partsOf(replace: string): readonly Part[] {
  return replace
    .split(/(\\g<\w+>|\\\d{1,2}|\\\\)/)
    .filter(Boolean)
    .map(piece => {
      if (piece === '\\\\') return '\\'
      const [, group] = /^\\(?:g<(\w+)>|(?=\d))/.test(piece) ? /^\\(?:g<)?(\w+)/.exec(piece)! : []
      if (group === undefined) return piece
      return { group: /^\d+$/.test(group) ? Number(group) : group }
    })
}
