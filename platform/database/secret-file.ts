import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A secret in a file that its owner alone may read; made by `make` at first need. Of several processes that
 * make it at once, one does, and all use it: a link is made whole or not.
 * @returns the file's text.
 */
export function secretFile(folder: string, name: string, make: () => string): string {
  const path = join(folder, name)
  const there = readIfThere(path)
  if (there !== null) return there
  mkdirSync(folder, { recursive: true })
  const temporary = `${path}.${randomBytes(4).toString('hex')}`
  writeFileSync(temporary, `${make()}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(temporary, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(temporary)
  }
  return readFileSync(path, 'utf8')
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
