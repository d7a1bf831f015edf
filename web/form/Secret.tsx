import { Button, Modal } from '@mantine/core'
import type { Row } from '../api/meta.ts'
import { plain } from '../field/plain.ts'
import { Code, CopyButton } from '../ui/Code.tsx'
import styles from './form.module.css'

/** What a client sends to be known by a new API token; nothing of an object that is none, or that is not new. */
export function authorizationOf(row: Row): string | undefined {
  if (typeof row.token !== 'string' || !('write_enabled' in row)) return undefined
  return row.version === 1 ? `Token ${row.token}` : `Bearer nbt_${plain(row.key)}.${row.token}`
}

/** Shows a new API token, which nobody can read again. */
export function Secret({ authorization, onClose }: { authorization: string; onClose: () => void }) {
  const sample = `curl -H 'Authorization: ${authorization}' \\\n  ${window.location.origin}/api/dcim/sites/`
  return (
    <Modal
      opened
      onClose={onClose}
      title="The new API token"
      size={640}
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={styles.sheet}>
        <p>Keep it somewhere safe: it is shown this once, and cannot be read again.</p>
        <Code label="The header that a client sends" text={`Authorization: ${authorization}`} />
        <Code label="An example" text={sample} />
        <div className={styles.modalBar} style={{ marginTop: 0 }}>
          <CopyButton text={authorization.split(' ')[1]!} />
          <Button size="sm" onClick={onClose}>
            I have it
          </Button>
        </div>
      </div>
    </Modal>
  )
}
