import { ActionIcon, Menu, UnstyledButton } from '@mantine/core'
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown'
import IconChevronLeft from '@tabler/icons-react/icons/IconChevronLeft'
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight'
import { type Density, useDensity } from '../app/memory.ts'
import styles from './Paging.module.css'
import { pageSizes } from './state.ts'

/** Which rows of how many, the way to the others, and how dense they stand. */
export function Paging(props: {
  page: number
  perPage: number
  count: number | undefined
  onPage: (page: number) => void
  onPerPage: (perPage: number) => void
}) {
  const { page, perPage, count = 0, onPage } = props
  const [density, setDensity] = useDensity()
  const last = Math.max(1, Math.ceil(count / perPage))
  const from = count ? (page - 1) * perPage + 1 : 0
  const to = Math.min(count, page * perPage)
  return (
    <nav className={styles.root} aria-label="Pages">
      <span className={styles.range} role="status">
        {count ? `${number(from)}–${number(to)} of ${number(count)}` : props.count === undefined ? '' : 'None'}
      </span>
      <Choice
        label={`${perPage} per page`}
        title="Rows per page"
        values={pageSizes.map(size => [size, String(size)])}
        chosen={perPage}
        onChange={props.onPerPage}
      />
      <Choice
        label={densities[density]}
        title="Row height"
        values={Object.entries(densities) as [Density, string][]}
        chosen={density}
        onChange={setDensity}
      />
      {last > 1 && (
        <span className={styles.pages}>
          <ActionIcon aria-label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          {jumps(page, last).map((each, index) =>
            each === 0 ? (
              <span key={`gap-${index}`} className={styles.gap}>
                …
              </span>
            ) : (
              <UnstyledButton
                key={each}
                className={styles.page}
                aria-current={each === page ? 'page' : undefined}
                aria-label={`Page ${each}`}
                onClick={() => onPage(each)}
              >
                {each}
              </UnstyledButton>
            ),
          )}
          <ActionIcon aria-label="Next page" disabled={page >= last} onClick={() => onPage(page + 1)}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </span>
      )}
    </nav>
  )
}

const densities: Readonly<Record<Density, string>> = {
  compact: 'Compact',
  normal: 'Normal',
  comfortable: 'Comfortable',
}

function Choice<T extends string | number>(props: {
  label: string
  title: string
  values: readonly (readonly [value: T, label: string])[]
  chosen: T
  onChange: (value: T) => void
}) {
  return (
    <Menu position="top-start">
      <Menu.Target>
        <UnstyledButton className={styles.choice} aria-label={`${props.title}: ${props.label}`}>
          {props.label}
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{props.title}</Menu.Label>
        {props.values.map(([value, label]) => (
          <Menu.Item key={value} onClick={() => props.onChange(value)} fw={value === props.chosen ? 600 : 400}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function jumps(page: number, last: number): number[] {
  const near = [1, page - 1, page, page + 1, last].filter(each => each >= 1 && each <= last)
  const pages = [...new Set(near)].toSorted((a, b) => a - b)
  return pages.flatMap((each, index) => (index > 0 && each - pages[index - 1]! > 1 ? [0, each] : [each]))
}

function number(value: number): string {
  return value.toLocaleString('en')
}
