import styles from './Switcher.module.css'

/** A choice between a few things, all of them in sight. */
export function Switcher<V extends string>(props: {
  label: string
  values: readonly (readonly [value: V, label: string])[]
  value: V
  onChange: (value: V) => void
}) {
  return (
    <span className={styles.root} role="radiogroup" aria-label={props.label}>
      {props.values.map(([value, label]) => (
        <label key={value} className={styles.choice}>
          <input
            type="radio"
            name={props.label}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </span>
  )
}
