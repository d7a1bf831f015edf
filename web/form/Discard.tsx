import { Button, Modal } from '@mantine/core'
import { type ReactNode, type RefObject, useCallback, useRef, useState } from 'react'
import { useFocusBack, useTopmost } from '../ui/dialogs.ts'
import styles from './form.module.css'

/** Asks whether what was entered may be lost. */
export function Discard(props: {
  opened: boolean
  title: string
  /** What losing it is called on its button. */
  go: string
  onStay: () => void
  onGo: () => void
}) {
  return (
    <Modal opened={props.opened} onClose={props.onStay} title={props.title} size={420} centered>
      <p>What you have entered here will be lost.</p>
      <div className={styles.modalBar}>
        <Button variant="default" onClick={props.onStay} data-autofocus>
          Stay
        </Button>
        <Button color="red.9" onClick={props.onGo}>
          {props.go}
        </Button>
      </div>
    </Modal>
  )
}

function CloseQuestion({ onStay, onGo }: { onStay: () => void; onGo: () => void }) {
  useFocusBack()
  return <Discard opened title="Close without saving?" go="Close" onStay={onStay} onGo={onGo} />
}

/** How the window of a form is closed. */
export interface Closing {
  /** Closes it, unless another window lies over it; asks first where something would be lost. */
  readonly close: () => void
  /** Whether something would be lost; told by the form. */
  readonly dirty: RefObject<boolean>
  /** The question, to be drawn in the window. */
  readonly question: ReactNode
}

/** Closes the window of a form with care for what was entered in it. */
export function useClosing(onClose: () => void): Closing {
  const dirty = useRef(false)
  const [asking, setAsking] = useState(false)
  const ask = useCallback(() => (dirty.current ? setAsking(true) : onClose()), [onClose])
  const close = useTopmost(ask)
  const stay = () => setAsking(false)
  // There only when it is asked: it would hear the very Escape that it is asked for.
  const question = asking && <CloseQuestion onStay={stay} onGo={onClose} />
  return { close, dirty, question }
}
