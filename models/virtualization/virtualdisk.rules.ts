import type { Transaction } from '@demarc/engine/database'
import { rules, type Change } from '@demarc/engine/model'
import { VirtualDisk } from './virtualdisk.ts'

const follow = { 'a machine has as much disk as its disks': sumDisks }

export default rules(VirtualDisk, { after: follow, afterDelete: follow })

/** The size of disk of machines whose disks came, went or changed, of those they were moved from, too. Not recorded. */
async function sumDisks({ changes, tx }: { changes: readonly Change[]; tx: Transaction }): Promise<void> {
  const machines = changes.flatMap(({ row, before }) => [
    row['virtual_machine_id'],
    before?.['virtual_machine_id'] ?? null,
  ])
  await tx.query(
    `update virtualization_virtualmachine as vm
     set disk = (select sum(size) from virtualization_virtualdisk as disk where disk.virtual_machine_id = vm.id)
     where vm.id = any($1::bigint[])`,
    [machines],
  )
  tx.touch('virtualization_virtualmachine')
}
