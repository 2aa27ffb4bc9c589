import type { FastifyRequest } from 'fastify'
import { slippedNames } from '../../../evidence/name-check.ts'
import { allowed } from '../../../people/rules.ts'
import { asksHeaderOnly } from '../../../uploads/header-line.ts'
import { asksPeriodOnly } from '../../../uploads/period.ts'
import { isAtWork, isOpen, type Upload } from '../../../uploads/upload.ts'
import { newForm } from '../../sent-form.ts'
import * as words from '../../words.ts'
import { momentWords } from '../record/act-words.ts'
import { mayPublish, type PublishPlace, thingOf } from './place.ts'
import { previewWords } from './preview-words.ts'
import { reportWords, withoutCells } from './report-words.ts'
import { handedInBy, sizeWords, stateWords, stepWords } from './upload-words.ts'

/** All that the page of a file says, whatever it waits for. */
export async function filePage({ viewer }: FastifyRequest, place: PublishPlace, upload: Upload) {
  const { uploads, reader } = place
  const may = allowed(viewer, 'draft-release', thingOf(upload)).grant
  // What may have to be hidden is its steward's alone.
  const isHidden = uploads.isProtected(upload) && may?.role !== 'steward'
  const report = upload.report && isHidden ? withoutCells(upload.report) : upload.report
  const slipped = slippedNames(report?.read?.rules ?? [])
  const state = await reader.state()
  const known = await reader.indicators(state)
  // How figures of a new kind are written is said by the file's own indicators.
  const own = upload.finished?.indicators ?? []
  const indicators = new Map([...known, ...own.map((i) => [i.code, i] as const)])
  const publishing = await mayPublish(place, viewer, upload)
  return {
    title: upload.fileName,
    upload: { id: upload.id, version: upload.version, state: upload.state },
    first: firstSentence(upload, uploads.kindOf(upload)?.title ?? null),
    steps: stepWords(upload.state),
    progress: isAtWork(upload)
      ? (beforeWords(uploads.before(upload.id)) ?? uploads.progress(upload.id))
      : null,
    sentence: upload.sentence,
    // Typed before, where something else was published meanwhile.
    reason: upload.reason ?? '',
    form: newForm(),
    about: [
      ['How far', stateWords[upload.state]],
      ['Size', sizeWords(upload.bytes)],
      ['Handed in', `${momentWords(upload.madeAt)}, by ${handedInBy(upload)}`],
      // Whoever guesses hidden counts could make the file and compare.
      ...(isHidden ? [] : [['SHA-256', upload.sha256]]),
    ],
    report: report && reportWords(report),
    preview:
      upload.preview && previewWords(upload.preview, indicators, upload.state === 'published'),
    otherNames: upload.state === 'ready' ? otherNames(report) : null,
    otherPeriod: upload.state === 'ready' ? otherPeriod(report) : null,
    isNewKind: upload.finished !== null,
    isReady: upload.state === 'ready',
    mayPublish: publishing.yes,
    whyNot: publishing.why,
    // Refused rows can be left out; a file that is wrong as a whole cannot.
    canAccept:
      !upload.adopted &&
      upload.state === 'refused' &&
      (report?.read?.rowsRefused ?? 0) + slipped > upload.accept &&
      (report?.read?.rowsAccepted ?? 0) > 0,
    refusedRows: report?.read?.rowsRefused ?? 0,
    toAccept: (report?.read?.rowsRefused ?? 0) + slipped,
    slipped,
    canReopen: !upload.adopted && (upload.state === 'refused' || upload.state === 'ready'),
    canAskPeriod: asksPeriodOnly(upload),
    isOpen: isOpen(upload),
    isAdopted: upload.adopted,
    published:
      upload.state === 'published' && upload.release !== null
        ? {
            release: upload.release,
            indicators: (upload.preview?.indicators ?? [])
              .filter((i) => i.isNew)
              .map((i) => ({ href: `/indicators/${i.code}`, name: i.name })),
            reason: upload.reason,
            role: upload.role,
          }
        : null,
    data: {
      id: upload.id,
      file: upload.fileName,
      bytes: upload.bytes,
      state: upload.state,
      version: upload.version,
      sentence: upload.sentence,
      descriptor: upload.finished ?? upload.descriptor,
      report,
      preview: upload.preview,
      release: upload.release,
      publication: upload.publication,
    },
  }
}

/** Somebody else's figures look like one's own: names that differ are said where a person decides. */
function otherNames(report: Upload['report']): string | null {
  const rules = report?.read?.rules.filter((r) => r.rule === 'name') ?? []
  const count = rules.reduce((sum, r) => sum + r.count, 0)
  if (count === 0) return null
  const [what, which] =
    count === 1
      ? ['1 code is known here by another name', 'it is']
      : [`${words.number(count, 0)} codes are known here by other names`, 'they are']
  return `${what}: look below whether ${which} whom the file means.`
}

/** What the file's name says of when it is of, where somebody said otherwise. */
const otherPeriod = (report: Upload['report']): string | null =>
  report?.read?.rules.find((r) => r.rule === 'period-name')?.sentence ?? null

/** "1 file is before yours" */
const beforeWords = (count: number): string | null =>
  count === 0 ? null : count === 1 ? '1 file is before yours' : `${count} files are before yours`

function firstSentence(upload: Upload, kind: string | null): string {
  const { state, report } = upload
  const rows = report?.read
  switch (state) {
    case 'reading':
      return 'We are looking at the file.'
    case 'checking':
      return 'We are checking the file.'
    case 'publishing':
      return 'We are publishing the file.'
    case 'unreadable':
      return 'The file cannot be read.'
    case 'questions':
      if (asksHeaderOnly(upload)) {
        return 'Its first line does not name the columns. Tell us which line does.'
      }
      return asksPeriodOnly(upload) && kind !== null
        ? `It is a file of the kind “${kind}”. Such files do not say when their figures are of: tell us.`
        : 'No file of this kind has come before. Tell us what its columns are.'
    case 'refused':
      return rows && rows.rowsRefused > 0
        ? `The check refuses ${words.number(rows.rowsRefused, 0)} of ${words.number(rows.rowsRead, 0)} rows, so nothing is kept yet.`
        : 'The file cannot be published as it is.'
    case 'ready':
      return 'Nothing stands in its way. Look at what it would change, then publish.'
    case 'published':
      return 'It is published: anyone can read it now.'
    case 'dropped':
      return 'The file was dropped. Nothing of it is kept.'
  }
}
