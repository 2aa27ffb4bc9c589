import { writeFileSync } from 'node:fs'
import { page, pageFile } from './page.ts'

/** Writes docs/statistics.md from the docstrings. */
writeFileSync(pageFile, page())
process.stdout.write('docs/statistics.md is written.\n')
