/** A regular expression that may match anywhere; null where it is none. */
export function patternIn(text: string): RegExp | null {
  try {
    return new RegExp(text, 'u')
  } catch {
    try {
      return new RegExp(text)
    } catch {
      return null
    }
  }
}
