import { isUpload, nameParts, pictureIn, pictureTypes, safeName, type Picture } from '../storage/index.ts'
import { Invalid, type Field, type FieldOptions, type Nullable } from './field.ts'

export interface ImageOptions extends FieldOptions {
  /** Folder of the files below `/media/`. */
  readonly folder: string
  /** What the file of a row is called, without folder and ending; as the client called it where absent. */
  readonly fileName?: (row: Readonly<Record<string, any>>, stem: string) => string
}

export interface ImageField<T = unknown> extends Field<T> {
  readonly options: ImageOptions
}

/** An uploaded picture; the column holds its path below `/media/`. */
export const image = <const O extends ImageOptions>(options: O): ImageField<Nullable<string, O>> => ({
  type: 'image',
  options: { filter: false, ...options },
  column: { type: 'character varying(100)' },
  match: 'none',
  wire: 'image upload',
  widget: 'image',
  parse: value => parseImage(value, options) as Nullable<string, O>,
})

export const isImage = (field: Field): field is ImageField => field.type === 'image'

/** A picture that was sent, or the empty text that takes one away. */
function parseImage(value: unknown, options: ImageOptions): Picture | '' {
  if (value === '' && (options.blank || options.required === false)) return ''
  if (!isUpload(value))
    throw new Invalid(
      value === ''
        ? 'No file was submitted.'
        : 'The submitted data was not a file. Check the encoding type on the form.',
    )
  const picture = pictureIn(value)
  if (typeof picture === 'string') throw new Invalid(picture)
  return picture
}

/** Where the file of a picture wishes to be kept. The column has room for 100 characters, also if the name is taken. */
export function picturePath(field: ImageField, row: Readonly<Record<string, any>>, picture: Picture): string {
  const [stem, ending] = nameParts(picture.name)
  const { folder, fileName } = field.options
  const kept = ending in pictureTypes ? `.${ending}` : ''
  const name = safeName(fileName ? fileName(row, stem) : stem)
  return `${folder}/${name.slice(0, 100 - folder.length - 1 - kept.length - 8)}${kept}`
}
