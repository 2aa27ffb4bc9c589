import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { exitCodes, type Verb } from '../control/verb.ts'
import { UnsafeRelease } from '../disclosure/unsafe-release.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { InventedBesideReal } from '../publishing/invented.ts'
import { type Preview, preview } from '../publishing/preview.ts'
import { withdrawnDrafts } from '../publishing/warnings.ts'
import { type Asked, readAsked } from './asked.ts'
import { publishProgress } from './import-progress.ts'
import { hiddenLine, withoutValueWords } from './report.ts'

const number = new Intl.NumberFormat('en-GB')

/** The words make no sense, or what they ask for is refused: see docs/operations.md. */
const codes = { refused: 2, wrongWords: 3 }

/** `plumbline preview ID ...`: what publishing drafts would change. */
export const makePreviewVerb =
  (catalogue: Catalogue): Verb =>
  async (args, { db, cwd }, emit, signal) => {
    const say = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): void =>
      emit({ kind: 'line', stream, text })
    let asked: Asked
    try {
      asked = readAsked(args)
    } catch (error) {
      say((error as Error).message, 'stderr')
      return codes.wrongWords
    }
    const ids = asked.positionals.map(Number)
    if (ids.length === 0 || !ids.every((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31)) {
      say('Say which drafts, such as: plumbline preview 12 13', 'stderr')
      return codes.wrongWords
    }
    try {
      for (const text of await withdrawnDrafts(db, ids)) say(text, 'stderr')
      const found = await db.lock('releases', () =>
        preview(db, catalogue, ids, {
          by: asked.by,
          reason: 'a preview',
          signal,
          onProgress: publishProgress(emit),
        }),
      )
      const text =
        asked.report === 'json' ? JSON.stringify(found, null, 2) : previewLines(found).join('\n')
      if (asked.out !== undefined) await writeFile(resolve(cwd, asked.out), `${text}\n`)
      else for (const line of text.split('\n')) say(line)
      return exitCodes.done
    } catch (error) {
      if (!(error instanceof UnsafeRelease || error instanceof InventedBesideReal)) throw error
      say(error.message, 'stderr')
      return codes.refused
    }
  }

function previewLines(found: Preview): string[] {
  const { figures, hidden, superseded, gaveWay, biggest, providers, places, heldAgainst } = found
  const { indicators, judgements } = found
  const n = (count: number): string => number.format(count)
  return [
    `${n(figures.new)} figures new, ${n(figures.changed)} changed${withoutValueWords(found.withoutValue)}, ${n(figures.gone)} gone.`,
    `Pages with other figures: ${n(providers)} of providers, ${n(places)} of places, ${n(indicators.length)} of indicators.`,
    ...(heldAgainst.providers + heldAgainst.places > 0
      ? [
          `Held against other figures, with the same of their own: ${n(heldAgainst.providers)} providers, ${n(heldAgainst.places)} places.`,
        ]
      : []),
    ...(hidden ? [hiddenLine({ ...hidden, safe: true, leaks: 0 })] : []),
    ...(superseded.length > 0 ? [`In place of release ${superseded.join(', ')}.`] : []),
    ...(gaveWay > 0 ? [`${n(gaveWay)} invented releases give way.`] : []),
    ...biggest.map(
      (b) => `  ${b.name}, ${b.indicatorName}, ${b.period}: ${b.before} becomes ${b.after}`,
    ),
    ...judgements.map((j) => `${j.name}: ${n(j.providers)} judged otherwise.`),
  ]
}
