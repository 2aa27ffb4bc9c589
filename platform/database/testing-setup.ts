import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { makeTemplate } from './pglite/template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of an empty PGlite, from which each test's database is made. */
    pgliteTemplate: string
    /** A folder for databases that one test has filled and others copy, gone after the run. */
    builtFolder: string
  }
}

/** Once for a whole run of the tests: the empty PGlite that every test database starts from. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-template-'))
  const file = join(folder, 'empty.tar')
  await makeTemplate(file)
  project.provide('pgliteTemplate', file)
  project.provide('builtFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
