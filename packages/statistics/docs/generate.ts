import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocs } from './read-docs.ts'
import { renderDocs } from './render.ts'

/** Writes docs/statistics.md from the docstrings. */
const page = join(import.meta.dirname, '../../../docs/statistics.md')
const entries = readDocs()
writeFileSync(page, renderDocs(entries))
process.stdout.write(`docs/statistics.md: ${entries.length} names.\n`)
