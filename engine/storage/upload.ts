import { imageSize } from 'image-size'

/** A file that a client sent, and what kind of picture it is. */
export interface Upload {
  /** As the client called it, without folders. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** A picture that a client sent; stands in a row until the file is kept, when its path takes the place. */
export interface Picture extends Upload {
  readonly width: number
  readonly height: number
}

/** Kinds of pictures by their file names' endings. */
export const pictureTypes: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

/** Endings of pictures that are taken, though not kept in the file's name. */
const otherEndings = new Set(['tif', 'tiff', 'ico', 'jp2', 'j2k', 'jxl', 'heic', 'heif', 'apng', 'jfif', 'jpe', 'dds'])
const decodable = new Set(['jpg', 'png', 'gif', 'bmp', 'webp', 'heif', 'tiff', 'ico', 'j2c', 'jp2', 'jxl', 'dds'])
const maxPixels = 50_000_000

/** What a file is called before and after its last dot. */
export function nameParts(name: string): [stem: string, ending: string] {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? [name.slice(0, dot), name.slice(dot + 1).toLowerCase()] : [name, '']
}

/** The picture in a file; a text says why there is none. */
export function pictureIn(upload: Upload): Picture | string {
  const [, ending] = nameParts(upload.name)
  if (!(ending in pictureTypes) && !otherEndings.has(ending))
    return `File extension “${ending}” is not allowed. Allowed extensions are: ${[...Object.keys(pictureTypes), ...otherEndings].join(', ')}.`
  const unreadable = 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.'
  if (upload.bytes.length === 0) return 'The submitted file is empty.'
  try {
    const { width, height, type } = imageSize(upload.bytes)
    if (!width || !height || !decodable.has(type ?? '')) return unreadable
    if (width * height > maxPixels) return `The picture has ${width * height} pixels, more than ${maxPixels}.`
    return { ...upload, width, height }
  } catch {
    return unreadable
  }
}

/** A name that is safe in a path and an address: spaces become `_`, anything but letters, digits, `-`, `_` and `.` goes. */
export const safeName = (name: string): string =>
  name
    .trim()
    .replaceAll(' ', '_')
    .replaceAll(/[^\p{L}\p{N}\-_.]/gu, '')
    .replace(/^\.+/, '') || 'file'

/** Whether a value is a file that a client sent. */
export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && (value as Upload).bytes instanceof Uint8Array
