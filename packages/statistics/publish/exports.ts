import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Points the exports of the package in the current folder at dist while it is packed, and back at the
 * sources after. In the repository Node runs the sources as they are; under node_modules it refuses TypeScript, so what is
 * published must be JavaScript. pnpm reads publishConfig.exports by itself; npm does not.
 */
const manifest = join(process.cwd(), 'package.json')
const kept = join(process.cwd(), 'package.json.source')

function toPublished(): void {
  // Packing that was stopped half way has left the sources' manifest aside.
  if (existsSync(kept)) toSource()
  const source = readFileSync(manifest, 'utf8')
  const { publishConfig, scripts: _, ...rest } = JSON.parse(source)
  const { exports, ...config } = publishConfig
  writeFileSync(kept, source)
  const published = { ...rest, exports, publishConfig: config }
  writeFileSync(manifest, `${JSON.stringify(published, null, 2)}\n`)
}

function toSource(): void {
  if (existsSync(kept)) renameSync(kept, manifest)
}

const to = process.argv[2]
if (to === 'published') toPublished()
else if (to === 'source') toSource()
else {
  process.stderr.write('Say where exports should point: published or source.\n')
  process.exitCode = 1
}
