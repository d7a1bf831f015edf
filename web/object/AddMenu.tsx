import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Menu } from '@mantine/core'
import IconLink from '@tabler/icons-react/icons/IconLink'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import { lazy, Suspense, useMemo, useState } from 'react'
import { type Row, useMeta } from '../api/meta.ts'
import { notify } from '../app/notices.tsx'
import { Go, useGo } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { type Add, addsOf, withFree } from './adds.ts'

const Assign = lazy(async () => ({ default: (await import('../form/Assign.tsx')).Assign }))

/** What can be added to an object. */
export function AddMenu({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  const meta = useMeta()
  const goTo = useGo()
  const [assigning, setAssigning] = useState(false)
  const adds = useMemo(() => (row ? addsOf(meta, model, row) : []), [meta, model, row])
  const addresses = meta.models['ipam.ipaddress']
  const mayAssign = model.name.endsWith('interface') && addresses?.may.includes('change')
  if (!adds.length && !mayAssign) return null
  const find = async (add: Add) => {
    try {
      const href = await withFree(add)
      if (href) goTo(href)
      else notify({ text: `${add.label}: nothing is free here.`, bad: true })
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), bad: true })
    }
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={15} />}>
            Add
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {adds.map(add =>
            add.free ? (
              <Menu.Item
                key={add.label}
                leftSection={<Icon name={add.icon} size={15} />}
                onClick={() => void find(add)}
              >
                {add.label}
              </Menu.Item>
            ) : (
              <Menu.Item
                key={add.label}
                component={Go}
                href={add.href}
                leftSection={<Icon name={add.icon} size={15} />}
              >
                {add.label}
              </Menu.Item>
            ),
          )}
          {mayAssign && (
            <Menu.Item leftSection={<IconLink size={15} />} onClick={() => setAssigning(true)}>
              Existing IP address…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {assigning && row && addresses && (
        <Suspense fallback={null}>
          <Assign addresses={addresses} model={model} row={row} onClose={() => setAssigning(false)} />
        </Suspense>
      )}
    </>
  )
}
