import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Entry, readDocs } from './read-docs.ts'
import { renderDocs } from './render.ts'

const root = join(import.meta.dirname, '../../..')

/** Where the reference page is. */
export const pageFile = join(root, 'docs/statistics.md')

/** The reference page as it is kept, in the format that the lint step asks of every file. */
export function page(entries: readonly Entry[] = readDocs()): string {
  const biome = join(root, 'node_modules/.bin/biome')
  return execFileSync(biome, ['format', '--stdin-file-path=docs/statistics.md'], {
    cwd: root,
    input: renderDocs(entries),
    encoding: 'utf8',
  })
}
