import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Descriptor } from '../../../evidence/descriptor.ts'
import { allowed } from '../../../people/rules.ts'
import type { Problem } from '../../../uploads/finish.ts'
import { firstRows } from '../../../uploads/first-rows.ts'
import { asksHeaderOnly } from '../../../uploads/header-line.ts'
import { asksPeriodOnly } from '../../../uploads/period.ts'
import { timeColumns } from '../../../uploads/reshape.ts'
import type { Answers, Upload } from '../../../uploads/upload.ts'
import type { Asked, Section } from './asked.ts'
import { headerSection } from './header-question.ts'
import { periodSection } from './period-question.ts'
import { type PublishPlace, thingOf } from './place.ts'
import { questionsOf } from './questions.ts'

/** Rows of the file that stand above the questions. */
const rowsShown = 5

/** Fields of the form that are no answers. */
const own = ['version', 'seen']

/** What a form sent, as answers: each once, and none of our own. */
export function answersOf(body: unknown): Answers {
  if (body === null || typeof body !== 'object') return {}
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' && /^[a-z0-9-]{1,40}$/.test(name) && !own.includes(name)
        ? [[name, value.slice(0, 4000)]]
        : [],
    ),
  )
}

/** Answers by what they say, in whichever order they came. */
export function answersTag(answers: Answers): string {
  const said = Object.entries(answers)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22)
}

/**
 * The questions about a new kind of file, with the first rows in view.
 * @param answers what stands in the form.
 * @param theirs what somebody else answered meanwhile, to be seen beside it.
 */
export async function questionsPage(
  { viewer }: FastifyRequest,
  { uploads, reader }: PublishPlace,
  upload: Upload,
  answers: Answers,
  problems: readonly Problem[],
  theirs: Answers | null = null,
) {
  const { draft } = upload
  const path = uploads.path(upload)
  // As long as its service is not known, it is no steward's of one service.
  const role = allowed(viewer, 'draft-release', thingOf(upload) ?? {}).grant?.role
  const isOwn = upload.person !== null && upload.person === viewer.person?.id
  const maySee = role === 'steward' || isOwn || !uploads.isProtected(upload)
  const kind = asksPeriodOnly(upload) ? uploads.kindOf(upload) : null
  const writing = draft ?? kind
  const rows = path !== null && maySee && writing ? await firstRows(path, writing, rowsShown) : null
  const invented = await uploads.isInvented()
  const services = uploads.services.filter((s) => invented || !s.invented)
  const asked = draft ? questionsOf(draft, { answers, problems, services, invented, rows }) : []
  const isHeaderAsked = asksHeaderOnly(upload) && path !== null && maySee
  const sections = isHeaderAsked
    ? [await headerSection(path, { answers, problems })]
    : kind
      ? [await whenSection(reader, upload, kind, { answers, problems })]
      : asked
  return {
    isKnownKind: kind !== null,
    isHeaderAsked,
    sections: sections.map((s) => ({ ...s, isOpen: isOpen(s), ...apart(s) })),
    // In the order in which they stand on the page.
    errors: sections.flatMap((s) =>
      s.questions.flatMap((q) =>
        q.error === null ? [] : [{ text: errorIn(s, q.error, sections), href: `#${q.name}` }],
      ),
    ),
    rows: rows && {
      head: rows.header,
      body: rows.rows.map((row) => row.map((cell) => cell.slice(0, 80))),
    },
    wide: rows && draft && wideWords(rows.header),
    // Whoever sends the form has seen these answers, whatever else becomes of the file meanwhile.
    seen: answersTag(upload.answers ?? {}),
    theirs: theirs && differences(sections, answers, theirs),
    notes: draft?.notes.filter((note) => !note.startsWith('Decide:')) ?? [],
  }
}

/** When a file of a known kind is of, with when the last one was. */
async function whenSection(
  reader: PublishPlace['reader'],
  { fileName }: Upload,
  kind: Descriptor,
  of: { readonly answers: Answers; readonly problems: readonly Problem[] },
): Promise<Section> {
  const releases = await reader.releases(await reader.state(), { dataset: kind.dataset })
  const last = releases.find((r) => r.status === 'published')
  return periodSection(kind, { ...of, fileName, last })
}

/** An error in the list above the form: with its section, where two sections have the same one. */
function errorIn({ title, questions }: Section, error: string, all: readonly Section[]): string {
  const isShared = all.some(
    (s) => s.questions !== questions && s.questions.some((q) => q.error === error),
  )
  return isShared ? `${title}: ${error}` : error
}

/** "2021, 2022 and 2 more", where the times stand in columns; else null. */
function wideWords(header: readonly string[]): string | null {
  const names = timeColumns(header)?.at.map((at) => header[at] ?? '')
  if (!names) return null
  const [first, second, ...more] = names
  return more.length === 0
    ? `${first} and ${second}`
    : `${first}, ${second} and ${more.length} more`
}

/** Whether a section is set open: it is asked of every file, or something stands in it. */
const isOpen = ({ isRare, questions }: Section): boolean =>
  isRare !== true || questions.some((q) => q.error !== null || q.value !== '')

/** What few files need is set aside, below what is asked of every one. */
function apart({ questions, isRare }: Section): {
  asked: readonly Asked[]
  more: readonly Asked[]
} {
  const isAside = (q: Asked): boolean =>
    isRare !== true && q.isOptional === true && q.error === null && q.value === ''
  return { asked: questions.filter((q) => !isAside(q)), more: questions.filter(isAside) }
}

/** Both texts, where two people answered otherwise. */
function differences(sections: readonly Section[], mine: Answers, theirs: Answers): string[][] {
  const words = (q: Asked, value: string): string =>
    q.items?.find((item) => item.value === value)?.text ?? value
  return sections
    .flatMap((s) => s.questions.map((q) => ({ q, section: s.title })))
    .filter(({ q }) => (mine[q.name] ?? '').trim() !== (theirs[q.name] ?? '').trim())
    .map(({ q, section }) => [
      `${section}: ${q.label}`,
      words(q, mine[q.name] ?? ''),
      words(q, theirs[q.name] ?? ''),
    ])
}
