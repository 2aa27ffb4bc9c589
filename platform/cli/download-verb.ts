import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { countProgress } from '../control/progress.ts'
import { exitCodes, type ProgressEvent, type Verb } from '../control/verb.ts'
import { makeDownload, makePackage } from '../downloads/make.ts'
import { DownloadRefused } from '../downloads/make-file.ts'
import { type Asked, type Form, forms, type Scope } from '../downloads/scope.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { ReleaseStore } from '../publishing/store.ts'

/** The verb's own exit codes, as the other verbs have them: docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 } as const

const flags = {
  to: { type: 'string' },
  form: { type: 'string' },
  'as-of': { type: 'string' },
  noted: { type: 'boolean' },
} as const

const usage =
  'Say what to download and where to, such as: plumbline download everything --to FOLDER, or plumbline download indicator CODE --form csv --to FILE'

const kinds: Readonly<Record<string, 'indicators' | 'releases' | 'places'>> = {
  indicator: 'indicators',
  release: 'releases',
  place: 'places',
}

const numbers = new Intl.NumberFormat('en-GB')

/** What the words ask for; a folder with the whole package where they name no form. */
type Wanted = { to: string; asOf: string | undefined; noted: boolean } & (
  | { asked: Asked }
  | { package: true }
)

function read(args: string[]): Wanted | null {
  const { values, positionals } = parseArgs({ args, options: flags, allowPositionals: true })
  const [what = '', code, ...rest] = positionals
  const { form } = values
  if (values.to === undefined || rest.length > 0) return null
  const how = { to: values.to, asOf: values['as-of'], noted: values.noted === true }
  const known = forms.find((f): f is Form => f === form)
  if (what === 'everything' && code === undefined) {
    if (form === undefined) return { ...how, package: true }
    if (form === 'zip') return { ...how, asked: { scope: null, form } }
    return known ? { ...how, asked: { scope: { kind: 'everything' }, form: known } } : null
  }
  const kind = Object.hasOwn(kinds, what) ? kinds[what] : undefined
  if (!kind || code === undefined || !known) return null
  if (kind === 'releases' && !/^\d{1,9}$/.test(code)) return null
  const scope: Scope = { kind, code }
  return { ...how, asked: { scope, form: known } }
}

/**
 * `plumbline download everything --to FOLDER` writes all that is published as a data package that another
 * Plumbline can import; with `--form csv`, `jsonl`, `parquet` or `zip`, one file (`--noted`: with its
 * checksum and rows noted beside it). `shipped` is what whoever imports a package has anyway.
 */
export function makeDownloadVerb(catalogue: Catalogue, shipped: () => Catalogue): Verb {
  return async (args, { db, cwd }, emit: (event: ProgressEvent) => void, signal) => {
    const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
      emit({ kind: 'line', stream, text })
    let wanted: Wanted | null
    try {
      wanted = read(args)
    } catch (error) {
      say((error as Error).message, 'stderr')
      return codes.wrongWords
    }
    if (!wanted) {
      say(usage, 'stderr')
      return codes.wrongWords
    }
    const to = resolve(cwd, wanted.to)
    if (!wanted.noted && !existsSync(dirname(to))) {
      say(`There is no folder ${dirname(to)} to write into.`, 'stderr')
      return codes.wrongWords
    }
    const state = await new ReleaseStore(db).state(wanted.asOf)
    if (state.publication === 0) {
      say('Nothing has been published yet, so there is nothing to download.', 'stderr')
      return codes.refused
    }
    const count = countProgress(emit, 'Writing figures', null)
    let before = 0
    const onProgress = (rows: number): void => {
      count(rows - before)
      before = rows
    }
    const { noted } = wanted
    const source = { db, catalogue, shipped: shipped(), state, signal, onProgress, noted }
    try {
      if ('package' in wanted) {
        const { rows, releases } = await makePackage(source, to)
        say(`Wrote ${numbers.format(rows)} figures of ${releases} releases into ${to}.`)
        return exitCodes.done
      }
      const { bytes, rows, sha256 } = await makeDownload(source, wanted.asked, to)
      const what = rows === null ? '' : `${numbers.format(rows)} figures, `
      say(`Wrote ${to}: ${what}${numbers.format(bytes)} bytes, sha256 ${sha256}.`)
      return exitCodes.done
    } catch (error) {
      if (!(error instanceof DownloadRefused)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
  }
}
