import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/**
 * Fails on a cycle of imports, and on an import against the direction web -> domain -> packages. The
 * examples use the platform's domain; of the platform, the command line alone knows the examples.
 */

const root = join(import.meta.dirname, '..')
const files: string[] = []
for (const folder of ['packages', 'platform', 'examples']) {
  for await (const f of glob(`${folder}/**/*.ts`, { cwd: root })) {
    if (!/node_modules|\/dist\//.test(f) && !f.endsWith('.test.ts')) files.push(f)
  }
}
const imports = new Map<string, string[]>()
const wrong: string[] = []
for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8')
  const found: string[] = []
  // Types vanish before the program runs: they tie nothing together.
  for (const m of text.matchAll(/^(?:import|export)\s+(?!type\b)[^'"]*?from\s+'(\.[^']+)'/gm)) {
    found.push(relative(root, join(root, dirname(file), m[1] as string)))
  }
  imports.set(file, found)
  const room = (f: string): string => f.split('/').slice(0, 2).join('/')
  for (const to of found) {
    if (file.startsWith('packages/') && room(to) !== room(file)) wrong.push(`${file} -> ${to}`)
    const low = ['platform/database', 'platform/evidence', 'platform/comparison', 'platform/places']
    const high = ['platform/web', 'platform/cli']
    const lower = low.includes(room(file)) || file.startsWith('examples/')
    if (lower && high.includes(room(to))) wrong.push(`${file} -> ${to}`)
    if (to.startsWith('examples/') && !file.startsWith('examples/')) {
      if (room(file) !== 'platform/cli') wrong.push(`${file} -> ${to}`)
    }
  }
}
const done = new Set<string>()
function visit(file: string, path: readonly string[]): void {
  if (path.includes(file)) {
    wrong.push(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' -> ')}`)
    return
  }
  if (done.has(file)) return
  for (const to of imports.get(file) ?? []) visit(to, [...path, file])
  done.add(file)
}
for (const file of files) visit(file, [])
if (wrong.length > 0) {
  process.stderr.write(`Imports that go the wrong way:\n${wrong.join('\n')}\n`)
  process.exit(1)
}
process.stdout.write(`Imports: ${files.length} files, no cycle.\n`)
