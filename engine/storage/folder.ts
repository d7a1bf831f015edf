import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { alternative, type Storage } from './storage.ts'

/** Files in a folder of this machine. */
export function folderStorage(root: string): Storage {
  const base = resolve(root)
  /** The place of a file; null where its path leads out of the folder. */
  const placeOf = (path: string): string | null => {
    if (path.includes('\0')) return null
    const place = resolve(base, path)
    return place.startsWith(base + sep) ? place : null
  }
  return {
    async save(path, bytes) {
      for (let wanted = path; ; wanted = alternative(path, randomBytes(4).toString('hex').slice(0, 7))) {
        const place = placeOf(wanted)
        if (!place) throw new Error(`${path} leads out of the folder of uploads`)
        await mkdir(dirname(place), { recursive: true })
        try {
          await writeFile(place, bytes, { flag: 'wx' })
          return wanted
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        }
      }
    },
    async read(path) {
      const place = placeOf(path)
      if (!place) return null
      try {
        return await readFile(place)
      } catch (error) {
        if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? ''))
          return null
        throw error
      }
    },
    async remove(path) {
      const place = placeOf(path)
      if (place) await rm(place, { force: true })
    },
  }
}
