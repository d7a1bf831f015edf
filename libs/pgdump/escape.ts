type Decode = (bytes: Buffer) => string

/** Undoes the escapes of COPY's text format. Octal and hexadecimal ones are bytes; several may make one character. */
export function unescapeCopy(text: string, decode: Decode): string {
  return text.replace(COPY_ESCAPE, (_, bytes: string | undefined, letter: string) =>
    bytes ? decode(bytesOf(bytes)) : (COPY_LETTERS[letter] ?? letter),
  )
}

/** Undoes the escapes within E'…', doubled quotes included. */
export function unescapeString(text: string, decode: Decode): string {
  return text
    .replaceAll("''", "'")
    .replace(STRING_ESCAPE, (_, bytes?: string, short?: string, long?: string, letter = '') => {
      if (bytes) return decode(bytesOf(bytes))
      const codePoint = short ?? long
      return codePoint ? String.fromCodePoint(parseInt(codePoint, 16)) : (STRING_LETTERS[letter] ?? letter)
    })
}

const COPY_ESCAPE = /((?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+)|\\([^])/g
const STRING_ESCAPE = /((?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+)|\\(?:u([0-9a-fA-F]{4})|U(00[01][0-9a-fA-F]{5})|([^]))/g
const STRING_LETTERS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const COPY_LETTERS: Record<string, string> = { ...STRING_LETTERS, v: '\v' }

function bytesOf(escapes: string): Buffer {
  const codes = escapes.split('\\').slice(1)
  return Buffer.from(codes.map(code => (code[0] === 'x' ? parseInt(code.slice(1), 16) : parseInt(code, 8) & 255)))
}
