import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import yazl from 'yazl'

/** A folder as a ZIP file, piece by piece; files in the order of their names, all of one date. */
export async function* zipPieces(folder: string, modified: Date): AsyncGenerator<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
  const zip = new yazl.ZipFile()
  for (const path of paths.sort()) {
    zip.addFile(path, relative(folder, path), { mtime: modified, mode: 0o100644 })
  }
  zip.end()
  for await (const piece of zip.outputStream) yield piece as Uint8Array
}
