import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { Panel } from '../../object/Panel.tsx'
import objectStyles from '../../object/object.module.css'
import { Code, CopyButton } from '../../ui/Code.tsx'
import { Bone } from '../../ui/Skeletons.tsx'
import type { PanelProps } from '../index.ts'

/** What stands in a data file, or why that cannot be shown. */
export function FileContent({ row }: PanelProps) {
  const { data, error } = useQuery({
    queryKey: ['data-file', row.id, row.hash],
    queryFn: ({ signal }) => get<{ data: string }>(`/ui/data-file/${row.id}`, signal),
  })
  return (
    <Panel title="Content" tools={data && <CopyButton text={data.data} />}>
      {data ? (
        <Code label="Content" text={data.data} />
      ) : (
        <p className={objectStyles.body}>{error ? error.message : <Bone />}</p>
      )}
    </Panel>
  )
}
