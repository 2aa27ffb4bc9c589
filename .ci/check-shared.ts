import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Says once, before the tests, whether the published data that some need are there. */
if (!existsSync(join(import.meta.dirname, '../../shared/data'))) {
  const sentence =
    'The folder ../shared with published data is missing: put it beside the repository to run the tests that need it.'
  process.stderr.write(`${sentence}\n`)
  if (process.env.CI === 'true') process.exit(1)
}
