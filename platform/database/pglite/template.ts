import { writeFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'

/**
 * Writes an empty PGlite into a file, which `openDatabase` takes as a template. To make a database
 * from nothing costs PGlite about 2 s, from a template 0.2 s.
 * @example await makeTemplate('/tmp/empty.tar')
 */
export async function makeTemplate(file: string): Promise<void> {
  const pglite = await PGlite.create()
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  writeFileSync(file, Buffer.from(await dump.arrayBuffer()))
}
