import type { ForgetfulReader } from './current-catalogue.ts'
import { readFigures } from './warm.ts'

/** Who reads what is about to be published, ahead of its visitors. */
export interface Ahead {
  /** What is computed under this number and does not count yet. */
  read(publication: number): Promise<void>
  /** It counts. */
  counted(): Promise<void>
  /** What was read has not come to count: its number will be given to another. */
  forget(): void
}

export const noneAhead: Ahead = {
  read: async () => {},
  counted: async () => {},
  forget: () => {},
}

/**
 * Visitors are shown the publication before until all that a page rests on is in memory: else all who ask
 * in the moment in which the next one counts would wait for the same tables. `open` makes the page at an
 * address. Where something cannot be read, pages are only slower.
 */
export function readingAhead(
  reader: ForgetfulReader,
  open: (path: string) => Promise<unknown>,
): Ahead {
  return {
    async read(publication) {
      await reader.stay().catch(() => undefined)
      await readComputed(reader, publication).catch(() => undefined)
    },
    async counted() {
      try {
        await readCounting(reader, open)
      } catch {
        // The first visitor is told.
      } finally {
        reader.move()
      }
    },
    forget() {
      reader.forget()
      reader.move()
    },
  }
}

/**
 * Reads what most pages rest on in a publication that does not count yet, one thing after the other. Only
 * what is stored under its own number is read: what rests on which releases count would be kept as it was
 * before they did.
 */
async function readComputed(reader: ForgetfulReader, publication: number): Promise<void> {
  const now = await reader.counting()
  await readFigures(reader, { ...now, publication }, await reader.indicators(now))
}

/** Makes a page of each kind in the state that counts, as of its own moment: what it reads is kept for all. */
async function readCounting(
  reader: ForgetfulReader,
  open: (path: string) => Promise<unknown>,
): Promise<void> {
  const state = await reader.counting()
  if (state.at === null) return
  const then = `?as-of=${encodeURIComponent(state.at)}`
  await open(`/${then}`)
  for (const { code } of reader.services(state)) {
    const [first] = await reader.providersOf(state, code, 1)
    if (!first) continue
    await open(`/services/${code}${then}`)
    await open(`/providers/${first.code}${then}`)
  }
}
