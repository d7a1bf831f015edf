import type { ModelMeta } from '@demarc/engine/meta'
import { Alert, Button } from '@mantine/core'
import IconDownload from '@tabler/icons-react/icons/IconDownload'
import IconRefresh from '@tabler/icons-react/icons/IconRefresh'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { base } from '../api/base.ts'
import { type Row, useMeta } from '../api/meta.ts'
import { detailQuery } from '../api/query.ts'
import { RefLink } from '../field/ref.tsx'
import styles from '../object/object.module.css'
import { Panel } from '../object/Panel.tsx'
import { Code, CopyButton } from '../ui/Code.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import own from './config.module.css'
import { renderedQuery, type Rendered } from './config.ts'

/** Lines of the template shown before and after the one at fault. */
const around = 4

/** The configuration of an object as its template makes it, or the line of the template that fails. */
export function RenderedConfig({ model, id }: { model: ModelMeta; id: string }) {
  const { data, error, isFetching, refetch } = useQuery(renderedQuery(model, id))
  if (error) return <p>{error.message}</p>
  if (!data) return <TableSkeleton rows={12} />
  const { configtemplate, content } = data
  if (!configtemplate)
    return (
      <EmptyState icon="file-code" title="There is no config template">
        It is set in the form of this {model.label}, of its role, or of its platform: the nearest one counts.
      </EmptyState>
    )
  return (
    <Panel
      title="Configuration"
      tools={
        <span className={own.tools}>
          <Button
            variant="default"
            leftSection={<IconRefresh size={15} />}
            loading={isFetching}
            onClick={() => void refetch()}
          >
            Render
          </Button>
          {content !== null && (
            <>
              <CopyButton text={content} />
              <Button
                component="a"
                href={`${base}${model.path}${id}/render-config/?export=1`}
                download
                variant="default"
                leftSection={<IconDownload size={15} />}
              >
                Download
              </Button>
            </>
          )}
        </span>
      }
    >
      <p className={own.origin}>
        <span>Template</span>
        <RefLink value={configtemplate} within />
      </p>
      {content !== null && <Code label="Rendered configuration" text={content} />}
      {data.error && <Fault template={configtemplate} error={data.error} />}
    </Panel>
  )
}

function Fault({ template, error }: { template: Row; error: NonNullable<Rendered['error']> }) {
  const templates = useMeta().models['extras.configtemplate']
  const client = useQueryClient()
  const { data } = useQuery({
    ...(templates ? detailQuery(client, templates, String(template.id)) : { queryKey: ['none'] }),
    enabled: Boolean(templates) && error.line !== null,
  })
  const { line } = error
  // The line may stand in a file that the template includes, of which nothing is known here.
  const here = error.template === null || error.template === data?.data_path || error.template === data?.name
  const lines = here && line !== null && data ? String(data.template_code ?? '').split(/\r\n|\r|\n/) : []
  const from = Math.max(0, (line ?? 1) - 1 - around)
  const excerpt = lines.slice(from, (line ?? 1) + around).join('\n')
  return (
    <div className={styles.body}>
      <Alert color="red" variant="light" role="alert" title="The template fails">
        <pre className={own.message}>{error.message}</pre>
        {line !== null && (
          <p>
            Line {line} of {here ? 'the template' : error.template}
          </p>
        )}
      </Alert>
      {excerpt && (
        <div className={own.excerpt}>
          <Code label="The template around the fault" text={excerpt} first={from + 1} marked={line ?? undefined} />
        </div>
      )}
    </div>
  )
}
