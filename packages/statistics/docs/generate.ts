import { writeFileSync } from 'node:fs'
import { page, pageFileOf } from './page.ts'

/** Writes the reference page of each package from its docstrings. */
for (const packageName of ['statistics', 'frontier', 'disclosure', 'clocks', 'weights']) {
  writeFileSync(pageFileOf(packageName), page(packageName))
  process.stdout.write(`docs/${packageName}.md is written.\n`)
}
