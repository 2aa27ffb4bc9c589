import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/** One thing that was measured. */
export interface Measured {
  readonly part: string
  readonly what: string
  readonly figure: string
  /** Null where there is nothing to be held to. */
  readonly target: string | null
  readonly holds: boolean | null
}

const docs = join(import.meta.dirname, '../docs/benchmarks.md')

/** Gathers what is measured, says each as it comes, and writes it into the documentation. */
export class Report {
  readonly #all: Measured[] = []
  readonly #part: string

  constructor(part: string) {
    this.#part = part
  }

  /** @param most `value` holds when it is at most this (with `least`, at least that). */
  add(
    what: string,
    value: number,
    unit: string,
    target: { most?: number; least?: number } = {},
  ): void {
    const { most, least } = target
    const bound =
      most !== undefined
        ? `under ${text(most)}`
        : least !== undefined
          ? `at least ${text(least)}`
          : null
    const holds = most !== undefined ? value < most : least !== undefined ? value >= least : null
    const measured: Measured = {
      part: this.#part,
      what,
      figure: `${text(value)} ${unit}`.trim(),
      target: bound === null ? null : `${bound} ${unit}`.trim(),
      holds,
    }
    this.#all.push(measured)
    const missed = holds === false ? '   MISSED' : ''
    process.stdout.write(
      `${what.padEnd(66)} ${measured.figure.padStart(22)}   ${measured.target ?? ''}${missed}\n`,
    )
  }

  rows(): readonly Measured[] {
    return this.#all
  }
}

const text = (n: number): string =>
  new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 }).format(n)

/** Puts the table of each part that ran into docs/benchmarks.md; the others stay as they are. */
export function writeReport(parts: readonly (readonly Measured[])[], command: string): void {
  let page = readFileSync(docs, 'utf8')
  for (const rows of parts) {
    const part = rows[0]?.part
    if (part === undefined) continue
    const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`]
    const [before, rest] = page.split(begin)
    const after = rest?.split(end)[1]
    if (before === undefined || after === undefined) {
      throw new Error(`docs/benchmarks.md has no place for "${part}": ${begin} and ${end}.`)
    }
    const lines = rows.map(
      (r) =>
        `| ${r.what} | ${r.figure} | ${r.target ?? ''} | ${r.holds === null ? '' : r.holds ? 'yes' : '**no**'} |`,
    )
    const table = ['| what | figure | target | holds |', '| --- | ---: | --- | --- |', ...lines]
    page = `${before}${begin}\n\n${where(command)}\n\n${table.join('\n')}\n\n${end}${after}`
  }
  writeFileSync(docs, page)
}

function where(command: string): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const date = new Date().toISOString().slice(0, 10)
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return (
    `\`${command}\` on ${date}, at ${commit}: ${cpus().length} x ${cpus()[0]?.model.trim()}, ` +
    `${gigabytes} GB, ${process.platform}, Node ${process.version}, PGlite in a folder.`
  )
}
