import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import { letters } from '../../../cards/grade.ts'
import * as words from '../../words.ts'
import type { Beside } from '../said/beside.ts'
import type { GradeShown, Odds } from './part-words.ts'
import type { CardSheet, SheetLine } from './sheet.ts'

const require = createRequire(import.meta.url)
const face = (weight: 400 | 700): string =>
  require.resolve(`@fontsource/source-sans-3/files/source-sans-3-latin-${weight}-normal.woff`)

const blue = '#12436d'
const grey = '#3d3d3d'
const margin = 48
const width = 595.28 - 2 * margin

type CardReply = NonNullable<Beside['reply']>
type Doc = InstanceType<typeof PDFDocument>
type Tag = 'H1' | 'H2' | 'H3' | 'P'

/** One text of the page, tagged so that a screen reader hears what it is. */
function put(
  doc: Doc,
  tag: Tag,
  text: string,
  size: number,
  bold: boolean,
  at?: number,
  beside = 0,
): void {
  const x = margin + (at ?? 0)
  doc.addStructure(
    doc.struct(tag, {}, () => {
      doc
        .font(bold ? 'bold' : 'plain')
        .fontSize(size)
        .fillColor(tag === 'P' ? grey : blue)
        .text(text, x, doc.y, { width: width - (at ?? 0) - beside, lineGap: 1 })
    }),
  )
}

/** How likely each letter is, as columns from A to F; the words beside them say the same. */
function putOdds(doc: Doc, top: number, { likely, grade }: Odds): void {
  const [step, high] = [15, 20]
  const left = margin + width - letters.length * step
  doc.markContent('Artifact', { type: 'Layout' })
  for (const [column, i] of [...letters.keys()].reverse().entries()) {
    const x = left + column * step
    const height = high * (likely[i] ?? 0)
    doc.rect(x + 2, top + high - height, step - 4, height).fill(i === grade ? blue : '#9db7cf')
    doc
      .font(i === grade ? 'bold' : 'plain')
      .fontSize(8)
      .fillColor(grey)
    doc.text(letters[i] ?? '', x, top + high + 1, {
      width: step,
      align: 'center',
      lineBreak: false,
    })
  }
  doc.moveTo(left, top + high).lineTo(margin + width, top + high)
  doc.lineWidth(0.7).strokeColor(grey).stroke()
  doc.endMarkedContent()
}

/** The letter in a square of its own, its words beside it, and how likely each letter is. */
function putGrade(doc: Doc, name: string, { letter, text, odds }: GradeShown): void {
  const top = doc.y
  doc.markContent('Artifact', { type: 'Layout' })
  doc
    .roundedRect(margin, top + 1, 26, 26, 3)
    .lineWidth(1.2)
    .strokeColor(blue)
    .stroke()
  doc.endMarkedContent()
  doc.addStructure(
    doc.struct('P', {}, () => {
      const shown = letter ?? '–'
      doc.font('bold').fontSize(17).fillColor(blue)
      doc.text(shown, margin, top + 4, { width: 26, align: 'center' })
    }),
  )
  doc.y = top
  const beside = odds ? 90 : 0
  if (name !== '') put(doc, 'H3', name, 11, true, 36, beside)
  put(doc, 'P', text, 9.5, false, 36, beside)
  const below = doc.y
  if (odds) putOdds(doc, top + 2, odds)
  doc.y = Math.max(below, top + 34) + 5
}

interface SourceLine {
  readonly publisher: string
  readonly title: string
  readonly about: string
}

/** Each source once: "NHS Digital, NHS payments (2022 to 2023; 2021 to 2022)." */
function sourcesText(sources: readonly SourceLine[]): string {
  const byTitle = Map.groupBy(sources, (s) => `${s.publisher}, ${s.title}`)
  return [...byTitle]
    .map(([name, some]) => `${name} (${[...new Set(some.map((s) => s.about))].join('; ')}).`)
    .join(' ')
}

function putLines(doc: Doc, head: string, lines: readonly SheetLine[], none: string): void {
  put(doc, 'H2', head, 12, true)
  const texts = lines.length === 0 ? [none] : lines.map((l) => `${l.text}${l.rest}`)
  for (const text of texts) put(doc, 'P', text, 9.5, false)
  doc.y += 7
}

/** What the provider says of its card, at the size of all that the card says. */
function putReply(doc: Doc, { by, on, text, isWithdrawn, withdrawn }: CardReply): void {
  put(doc, 'H2', 'What it says itself', 12, true)
  if (isWithdrawn) put(doc, 'P', withdrawn, 9.5, false)
  else {
    put(doc, 'P', `${by}, replies (${on}):`, 9.5, true)
    const gone = ['Its words are gone: the reply was withdrawn later.']
    for (const paragraph of text ?? gone) put(doc, 'P', paragraph, 9.5, false)
  }
  doc.y += 7
}

/**
 * A report card as one tagged A4 page, with the words of its page; a long reply goes on overleaf. The same state gives the same bytes.
 * @param reply what the provider says of it; null where it says nothing.
 * @param about when it was published (a moment), the card's own address, whether its figures are made up, and
 *   the releases that they come from.
 */
export async function cardPdf(
  sheet: CardSheet,
  reply: CardReply | null,
  about: {
    readonly at: string
    readonly site: string
    readonly path: string
    readonly invented: boolean
    readonly sources: readonly SourceLine[]
  },
): Promise<Buffer> {
  const published = about.at === '' ? '' : `Published ${words.date(about.at)}. `
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    lang: 'en-GB',
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: `Report card: ${sheet.title}`,
      Author: 'Plumbline',
      CreationDate: new Date(about.at === '' ? 0 : about.at),
    },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  doc.registerFont('plain', face(400))
  doc.registerFont('bold', face(700))
  if (about.invented) {
    put(doc, 'P', 'An invented area: everything on this sheet is made up.', 10, true)
  }
  put(doc, 'P', `Report card · ${sheet.kind}`, 10, false)
  put(doc, 'H1', sheet.title, 20, true)
  put(doc, 'P', sheet.where, 9.5, false)
  doc.y += 6
  for (const f of sheet.floors) {
    put(doc, 'P', `It is below a floor. ${f.text}${f.rest}`, 13, true)
  }
  put(doc, 'P', sheet.lead, 13, false)
  doc.y += 6
  const { overall } = sheet
  if (overall.letter) putGrade(doc, overall.name, overall)
  for (const p of sheet.parts) putGrade(doc, p.name, p)
  if (sheet.parts.some((p) => p.letter !== null)) {
    const nothing = 'Nothing here stands out'
    putLines(doc, 'What it does well', sheet.well, `${nothing} above others like it.`)
    putLines(doc, 'What to improve', sheet.improve, `${nothing} below others like it.`)
    const unsure = 'Nothing that we can be sure of, where the sources let us tell.'
    putLines(doc, 'What has changed', sheet.changed, unsure)
    if (sheet.sure.length > 0) {
      put(doc, 'H2', 'How sure we are', 12, true)
      put(doc, 'P', sheet.sure.join(' '), 9.5, false)
      doc.y += 7
    }
  }
  if (reply) putReply(doc, reply)
  if (about.sources.length > 0) {
    put(doc, 'H2', 'Where these figures come from', 12, true)
    put(doc, 'P', sourcesText(about.sources), 8.5, false)
    doc.y += 7
  }
  put(
    doc,
    'P',
    `${published}${about.site}${about.path} shows what counts, and how much. ${about.site}/about/cards says how we grade.`,
    8.5,
    false,
  )
  doc.end()
  await ended
  return Buffer.concat(chunks)
}
