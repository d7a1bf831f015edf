/** Which files of a data source are left aside: hidden ones, and those that a line of its ignore rules matches. */
export function ignoring(rules: string): (path: string) => boolean {
  const patterns = rules
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .map(parsePattern)
  return path => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (name.startsWith('.') || path.startsWith('.')) return true
    return patterns.some(pattern => matches(pattern, path) || matches(pattern, name))
  }
}

/** One step of a pattern: any number of letters, or one letter that it takes. */
type Step = 'any' | ((letter: string) => boolean)

/** A shell pattern: `*`, `?`, `[a-z]`, `[!a-z]`; the star takes slashes, too. */
function parsePattern(text: string): Step[] {
  const steps: Step[] = []
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (letter === '*') {
      if (steps.at(-1) !== 'any') steps.push('any')
    } else if (letter === '?') steps.push(() => true)
    else if (letter === '[') {
      // A bracket right at the start of a set is one of its letters.
      const end = text.indexOf(']', at + (text[at + 1] === '!' ? 3 : 2))
      if (end < 0) steps.push(one => one === '[')
      else {
        steps.push(setOf(text.slice(at + 1, end)))
        at = end
      }
    } else steps.push(one => one === letter)
  }
  return steps
}

function setOf(text: string): (letter: string) => boolean {
  const negated = text.startsWith('!')
  const letters = negated ? text.slice(1) : text
  const ranges: [string, string][] = []
  for (let at = 0; at < letters.length; at++) {
    const isRange = letters[at + 1] === '-' && at + 2 < letters.length
    ranges.push([letters[at]!, letters[isRange ? at + 2 : at]!])
    if (isRange) at += 2
  }
  return letter => ranges.some(([from, to]) => letter >= from && letter <= to) !== negated
}

/** Whether a pattern matches the whole of a text; at a mismatch only the last star takes one more, so it stays quick. */
function matches(steps: readonly Step[], text: string): boolean {
  let [step, at] = [0, 0]
  let star: { step: number; at: number } | null = null
  while (at < text.length) {
    const now = steps[step]
    if (now === 'any') star = { step: step++, at }
    else if (now?.(text[at]!)) {
      step++
      at++
    } else if (star) {
      step = star.step + 1
      at = ++star.at
    } else return false
  }
  while (steps[step] === 'any') step++
  return step === steps.length
}
