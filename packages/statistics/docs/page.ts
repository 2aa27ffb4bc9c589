import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Entry, readDocs } from './read-docs.ts'
import { renderDocs } from './render.ts'

const root = join(import.meta.dirname, '../../..')

/** Where the reference page of a package is. */
export const pageFileOf = (packageName: string): string => join(root, `docs/${packageName}.md`)

/**
 * The reference page as it is kept, in the format that the lint step asks of every file. A package may have a
 * preface, such as its measured figures, in `docs/preface.md`.
 */
export function page(
  packageName: string,
  entries: readonly Entry[] = readDocs(packageName),
): string {
  const preface = join(root, `packages/${packageName}/docs/preface.md`)
  const biome = join(root, 'node_modules/.bin/biome')
  return execFileSync(biome, ['format', `--stdin-file-path=docs/${packageName}.md`], {
    cwd: root,
    input: renderDocs(
      entries,
      packageName,
      existsSync(preface) ? readFileSync(preface, 'utf8') : '',
    ),
    encoding: 'utf8',
  })
}
