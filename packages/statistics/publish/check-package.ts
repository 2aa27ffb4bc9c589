import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'

/**
 * Packs the package, installs it in a folder of its own, imports it there with every Node on the path, as
 * JavaScript and as types, and says how much of it a bundle of one function carries.
 */
const packageFolder = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'statistics-'))
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const run = (file: string, args: string[], cwd = folder): string =>
  execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const program = `
import assert from 'node:assert'
import { wilsonInterval, controlChart } from '@plumbline/statistics'
import { directlyStandardisedRate, europeanStandard2013 } from '@plumbline/statistics/standardisation'
import { randomSource } from '@plumbline/statistics/random'
import { tQuantile } from '@plumbline/statistics/distributions'
assert.equal(wilsonInterval(65, 100).lower.toFixed(4), '0.5525')
assert.equal(controlChart(Float64Array.of(1, 2, 1, 2, 1, 2, 9)).flags[6], 1)
assert.equal(europeanStandard2013.populations.length, 19)
assert.equal(typeof directlyStandardisedRate, 'function')
assert.equal(randomSource(1).uint32(), 2771007240)
assert.equal(tQuantile(0.975, 7).toFixed(6), '2.364624')
`

function nodes(): string[] {
  const found = new Map<string, string>()
  for (const path of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(path, 'node')
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue
    const version = run(file, ['--version']).trim()
    if (!found.has(version)) found.set(version, file)
  }
  return [...found.values()]
}

async function bundle(name: string, code: string): Promise<void> {
  writeFileSync(join(folder, 'entry.js'), code)
  const built = await rolldown({ input: join(folder, 'entry.js'), cwd: folder, logLevel: 'silent' })
  const { output } = await built.generate({ format: 'esm', minify: true })
  const text = output[0].code
  const size = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`
  say(`  ${name}: ${size(text.length)}, ${size(gzipSync(text).length)} compressed`)
}

try {
  run('npm', ['pack', '--silent', '--pack-destination', folder], packageFolder)
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no file')
  say(`${tarball}: ${(statSync(join(folder, tarball)).size / 1024).toFixed(1)} kB`)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  run('npm', ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`])
  writeFileSync(join(folder, 'use.js'), program)
  for (const node of nodes()) {
    run(node, ['use.js'])
    say(`  imported with Node ${run(node, ['--version']).trim()}`)
  }
  writeFileSync(
    join(folder, 'use.ts'),
    "import { wilsonInterval, type Interval } from '@plumbline/statistics'\nexport const x: Interval = wilsonInterval(1, 2)\n",
  )
  const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022']
  run('tsc', [...strict, '--skipLibCheck', 'false', 'use.ts'])
  say('  types check')
  await bundle('wilsonInterval alone', "export { wilsonInterval } from '@plumbline/statistics'")
  await bundle('controlChart alone', "export { controlChart } from '@plumbline/statistics'")
  await bundle('everything', "export * from '@plumbline/statistics'")
} finally {
  rmSync(folder, { recursive: true, force: true })
}
