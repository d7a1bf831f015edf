import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Menu } from '@mantine/core'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import { partsHref, partsOf } from '../form/parts.ts'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'

/** The kinds of parts that can be added to an object. */
export function AddMenu({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  const meta = useMeta()
  const kinds = partsOf(meta, model)
  if (!kinds.length) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconPlus size={15} />} disabled={!row}>
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {row &&
          kinds.map(kind => (
            <Menu.Item
              key={kind.model.name}
              component={Go}
              href={partsHref(kind, model, row)}
              leftSection={<Icon name={kind.model.icon} size={15} />}
            >
              {titleCase(kind.model.plural)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
