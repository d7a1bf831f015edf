import { TextInput } from '@mantine/core'
import { plain } from '../plain.ts'
import styles from '../field.module.css'
import { textOrNull } from './text.tsx'
import { attributes, type InputProps, type InputView } from './view.ts'

/** A colour: from the palette, from the browser's own picker, or as its code. */
export const color: InputView = {
  Input,
  read: plain,
  write: (value, field) =>
    textOrNull(
      String(value ?? '')
        .replace('#', '')
        .toLowerCase(),
      field,
    ),
  group: true,
}

const palette: readonly (readonly [code: string, name: string])[] = [
  ['aa1409', 'Dark red'],
  ['f44336', 'Red'],
  ['e91e63', 'Pink'],
  ['ff5722', 'Dark orange'],
  ['ff9800', 'Orange'],
  ['ffc107', 'Amber'],
  ['ffeb3b', 'Yellow'],
  ['cddc39', 'Lime'],
  ['4caf50', 'Green'],
  ['2f6a31', 'Dark green'],
  ['009688', 'Teal'],
  ['00bcd4', 'Cyan'],
  ['03a9f4', 'Light blue'],
  ['2196f3', 'Blue'],
  ['3f51b5', 'Indigo'],
  ['673ab7', 'Dark purple'],
  ['9c27b0', 'Purple'],
  ['795548', 'Brown'],
  ['9e9e9e', 'Grey'],
  ['607d8b', 'Dark grey'],
  ['111111', 'Black'],
  ['ffffff', 'White'],
]

function Input(props: InputProps) {
  const code = String(props.value ?? '').replace('#', '')
  const whole = /^[0-9a-f]{6}$/i.test(code)
  return (
    <div className={styles.colors}>
      <TextInput
        {...attributes(props)}
        aria-label={props.label}
        value={code}
        onChange={event => props.onChange(event.currentTarget.value)}
        classNames={{ input: styles.mono! }}
        maxLength={7}
        w={120}
        spellCheck={false}
        placeholder="9e9e9e"
        leftSectionWidth={34}
        leftSection={
          <input
            type="color"
            aria-label={`${props.label}: pick any`}
            className={styles.well}
            value={whole ? `#${code}` : '#9e9e9e'}
            onChange={event => props.onChange(event.currentTarget.value.slice(1))}
          />
        }
      />
      <div className={styles.swatches}>
        {palette.map(([each, name]) => (
          <button
            key={each}
            type="button"
            title={name}
            aria-label={name}
            aria-pressed={each === code.toLowerCase()}
            className={styles.paint}
            style={{ background: `#${each}` }}
            onClick={() => props.onChange(each)}
          />
        ))}
      </div>
    </div>
  )
}
