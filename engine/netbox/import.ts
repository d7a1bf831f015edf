import { Problem } from '../problem/index.ts'
import { checkMedia, takeMedia, type MediaReport } from './media.ts'
import { takeOver, type Report, type TakeoverOptions } from './takeover.ts'

export interface ImportOptions extends TakeoverOptions {
  /** NetBox's folder of uploaded files. */
  readonly media?: string
  /** Ours. */
  readonly mediaRoot: string
}

/** What an import did. */
export interface ImportReport extends Report {
  readonly media: MediaReport
}

/** Take over a NetBox: its database in one transaction, then its files. */
export async function importNetbox({ media, mediaRoot, ...options }: ImportOptions): Promise<ImportReport> {
  if (media) await checkMedia(media)
  const report = await takeOver(options)
  if (media) options.onStep?.('copying files')
  try {
    return { ...report, media: await takeMedia(options.db, options.registry, media, mediaRoot) }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOSPC' ? 'the disk is full' : message.split('\n')[0]!.replace(/\.$/, '')
    throw new Problem(
      'media-failed',
      `The database is taken over, but not every file: ${reason}. Copy ${media ?? 'the files'} to ${mediaRoot} by hand.`,
      { cause: error },
    )
  }
}
