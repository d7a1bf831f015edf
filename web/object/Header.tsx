import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Tooltip } from '@mantine/core'
import IconBraces from '@tabler/icons-react/icons/IconBraces'
import { base } from '../api/base.ts'
import { identityOf, type Row, titleCase, titleOf, useMeta, valueOf } from '../api/meta.ts'
import { isCount } from '../api/related.ts'
import { isEmpty } from '../field/plain.ts'
import { choiceOf } from '../field/select.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Bone } from '../ui/Skeletons.tsx'
import { StatusBadge } from '../ui/StatusBadge.tsx'
import { Marks } from './Marks.tsx'
import styles from './object.module.css'
import { ObjectActions } from './ObjectActions.tsx'
import { Value } from './Panel.tsx'

/** What the object is, how it stands, and what one wants to know at a glance. */
export function Header({ model, id, row }: { model: ModelMeta; id: string; row: Row | undefined }) {
  const meta = useMeta()
  const status = model.fields.status
  return (
    <header className={styles.header}>
      <span className={styles.icon}>
        <Icon name={model.icon} size={20} />
      </span>
      <div className={styles.heading}>
        <div className={styles.title}>
          <h1>{row ? titleOf(meta, model, row) : <Bone width={200} />}</h1>
          {status && row && !isEmpty(row.status) && <StatusBadge {...choiceOf(status, row.status)} />}
        </div>
        <p className={styles.facts}>
          <span>{titleCase(model.label)}</span>
          {row &&
            keyFacts(model, row).map(key => (
              <span key={key}>
                {model.fields[key]!.label}
                <b>
                  <Value model={model} row={row} name={key} short />
                </b>
              </span>
            ))}
        </p>
      </div>
      <div className={styles.actions}>
        <ObjectActions model={model} id={id} row={row} />
        <Marks model={model} id={id} />
        <Tooltip label="This object in the REST API">
          <ActionIcon
            component="a"
            href={`${base}${model.api}${id}/`}
            target="_blank"
            rel="noreferrer"
            aria-label="This object in the REST API"
          >
            <IconBraces size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  )
}

/** The first set references and figures among the list's columns. */
function keyFacts(model: ModelMeta, row: Row): string[] {
  const skip = new Set([identityOf(model), 'status', 'tags', 'description', 'comments', 'id'])
  const fit = (key: string) =>
    model.fields[key] && !skip.has(key) && !isCount(key) && !isEmpty(valueOf(row, key)) && valueOf(row, key) !== false
  return model.columns.filter(fit).slice(0, 5)
}
