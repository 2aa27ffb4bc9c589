import type { Reader, State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { type Catalogue, catalogueStamp, loadCatalogue } from '../evidence/catalogue.ts'
import { makeReader } from '../reader.ts'

/** The catalogue of a server, which may change while it runs. */
export class CurrentCatalogue {
  readonly #folders: () => readonly string[]
  #stamp: string
  #catalogue: Catalogue

  /** `folders` finds them anew each time, as one may be made later. Throws CatalogueError. */
  constructor(folders: () => readonly string[]) {
    this.#folders = folders
    this.#stamp = catalogueStamp(folders())
    this.#catalogue = loadCatalogue(folders())
  }

  get catalogue(): Catalogue {
    return this.#catalogue
  }

  /**
   * Reads it again where a file of it has changed, and gives its folders. Throws CatalogueError where
   * a file is wrong: the server goes on with what it knew.
   */
  refresh(): readonly string[] {
    const folders = this.#folders()
    const stamp = catalogueStamp(folders)
    if (stamp !== this.#stamp) {
      this.#catalogue = loadCatalogue(folders)
      this.#stamp = stamp
    }
    return folders
  }
}

/** A reader, and a way to make it forget all that it has read. */
export interface ForgetfulReader extends Reader {
  forget(): void
  /**
   * From now on visitors are shown the state that counts now, until `move`, seconds later: whoever reads what
   * is published next has the time to. Nothing is asked for it, so that no page waits for those readings.
   */
  stay(): Promise<void>
  move(): void
  /** The state that counts, shown or not. */
  counting(): Promise<State>
}

/**
 * A reader that goes by the current catalogue. Work that is handed over refreshes it beforehand; a
 * publication that another process made (on a PostgreSQL server) does when it is first seen, and
 * `onProblem` hears why if that fails.
 */
export function currentReader(
  db: Database,
  current: CurrentCatalogue,
  onProblem: (error: unknown) => void,
): ForgetfulReader {
  let known = current.catalogue
  let reader = makeReader(db, known)
  let latest: number | null = null
  let shown: State | null = null
  const now = (): Reader => {
    if (known !== current.catalogue) {
      known = current.catalogue
      reader = makeReader(db, known)
    }
    return reader
  }
  const counting = async (): Promise<State> => {
    const found = await now().state()
    if (found.publication === latest) return found
    latest = found.publication
    try {
      current.refresh()
    } catch (error) {
      onProblem(error)
    }
    return found
  }
  const own: Omit<ForgetfulReader, Exclude<keyof Reader, 'state'>> = {
    async state(asOf) {
      if (asOf !== undefined) return now().state(asOf)
      return shown ?? counting()
    },
    counting,
    async stay() {
      shown = await counting()
    },
    move() {
      shown = null
    },
    forget() {
      reader = makeReader(db, known)
    },
  }
  return new Proxy(Object.assign({}, reader, own), {
    get: (_, member) => Reflect.get(Object.hasOwn(own, member) ? own : now(), member),
  })
}
