import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { Contents } from './contents.ts'
import { DownloadFolder } from './folder.ts'
import type { MadeFile } from './make-file.ts'
import { type Asked, fileName } from './scope.ts'

/** Makes a file that is not there yet. Throws DownloadRefused. */
export type Make = (state: State, asked: Asked, path: string) => Promise<MadeFile>

/** All that pages may ask of downloads. */
export class Downloads {
  readonly contents: Contents
  readonly #folder: DownloadFolder
  readonly #make: Make
  /** How many files have been made since the start. */
  count = 0

  /** @param mostBytes what the folder may hold. */
  constructor(db: Database, folder: string, make: Make, mostBytes?: number) {
    this.contents = new Contents(db)
    this.#folder = new DownloadFolder(folder, mostBytes)
    this.#make = make
  }

  /** The file, made now if nobody has asked for it before. Throws DownloadRefused. */
  file(state: State, asked: Asked): Promise<MadeFile> {
    return this.#folder.get(state, nameOf(asked), async (path) => {
      const made = await this.#make(state, asked, path)
      this.count += 1
      return made
    })
  }

  /** The file, if it has been made. */
  made(state: State, asked: Asked): Promise<MadeFile | null> {
    return this.#folder.made(state, nameOf(asked))
  }

  /** Removes what a process that died left unfinished: once, before anything is asked. */
  removeUnfinished(): Promise<void> {
    return this.#folder.removeUnfinished()
  }
}

const nameOf = ({ scope, form }: Asked): string => `${fileName(scope)}.${form}`
