import type { Settings } from '../settings.ts'
import { foldersOf } from './folders.ts'
import { beginOpening } from './opening.ts'

/** Starts the server; gives its exit code. The database opens while the rest of its code is read. */
export async function startHere(settings: Settings): Promise<number> {
  const opening = beginOpening(settings)
  const { start } = await import('./start.ts')
  return start(settings, () => foldersOf(settings), opening)
}
