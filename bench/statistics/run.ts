import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Measurement, print } from './measure.ts'

/**
 * The speed of packages/statistics on one thread: every file beside this one that has a `bench`, or those
 * named after the command. Exits with 1 where a target is missed.
 */
const words = process.argv.slice(2)
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts'))
process.stdout.write(`Node ${process.version}, ${process.arch}\n`)
for (const file of files.sort()) {
  if (file === 'run.ts' || (words.length > 0 && !words.includes(file.replace('.ts', '')))) continue
  const module: { bench?: () => Measurement[] } = await import(join(import.meta.dirname, file))
  const measurements = module.bench?.() ?? []
  print(measurements)
  if (measurements.some((m) => m.milliseconds > (m.target ?? Number.POSITIVE_INFINITY))) {
    process.exitCode = 1
  }
}
