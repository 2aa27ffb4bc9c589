import type { ReleaseRow } from '../../../comparison/figures.ts'
import type { CheckResult, ReleasePage } from '../../../comparison/release-page.ts'
import { addressOf } from '../../../downloads/scope.ts'
import * as words from '../../words.ts'
import { type Page, type PageContext, releaseLine } from '../context.ts'
import { onTheRecord } from '../record/on-the-record.ts'
import { changeRow, changesHead, changesTitle, kindsSentence } from './change-words.ts'

/** "Release 37 took its place and was withdrawn on 3 May 2026; nothing of this period is published now." */
function replacedSentence(r: ReleaseRow, withdrawn: ReleasePage['replacementWithdrawn']): string {
  if (!withdrawn) return 'A later release has taken its place.'
  const { id, at, standsNow } = withdrawn
  const end = `was withdrawn on ${words.date(at)}`
  const what =
    id === r.supersededBy
      ? `Release ${id} took its place and ${end}`
      : `Release ${r.supersededBy} took its place; release ${id}, the last after it, ${end}`
  const of = r.part === null ? 'this period' : 'this part and period'
  return standsNow === null
    ? `${what}; nothing of ${of} is published now.`
    : `${what}; release ${standsNow} is what is published of ${of} now.`
}

/** How the rows came through, and what became of the release. */
function releaseSentence({ release: r, replacementWithdrawn }: ReleasePage): string {
  const rows = `${words.number(r.rowsRead, 0)} rows read, ${words.number(r.rowsAccepted, 0)} accepted, ${words.number(r.rowsRefused, 0)} refused.`
  if (r.status === 'superseded') return `${replacedSentence(r, replacementWithdrawn)} ${rows}`
  return r.status === 'withdrawn' ? `It has been withdrawn. ${rows}` : rows
}

type Value = { text: string } | { html: string }

const link = (href: string, text: string): Value => ({
  // Only a web address becomes a link; what stands around it is ours.
  html: `<a class="govuk-link" href="${escapeHtml(href)}">${escapeHtml(text)}</a>`,
})

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** The receipt: every thing that says where the figures come from. */
function receipt(r: ReleaseRow) {
  const state = words.sentenceCase(releaseLine(r).stateText)
  const row = (name: string, value: Value) => ({ key: { text: name }, value })
  const text = (name: string, value: string) => row(name, { text: value })
  return [
    text('Publisher', r.publisher),
    row('Source', /^https?:/.test(r.source) ? link(r.source, r.source) : { text: r.source }),
    text('Licence', r.licence),
    text('Period', words.period(r.period)),
    ...(r.part === null ? [] : [text('Part', partText(r.part, r.partName))]),
    ...(r.publishedOn === null ? [] : [text('Published by the source', words.date(r.publishedOn))]),
    text('File', r.fileName),
    text('SHA-256', r.sha256),
    text('Size', `${words.number(r.bytes, 0)} bytes`),
    text('Imported', `${words.date(r.createdAt)}, by ${r.by}`),
    text('Published here', words.date(r.publishedAt)),
    text('Reason', r.reason),
    text('State', r.endReason === null ? state : `${state}: ${r.endReason}`),
    ...(r.supersedes === null
      ? []
      : [row('Takes the place of', link(`/releases/${r.supersedes}`, `Release ${r.supersedes}`))]),
    ...(r.supersededBy === null
      ? []
      : [
          row(
            'Its place was taken by',
            link(`/releases/${r.supersededBy}`, `Release ${r.supersededBy}`),
          ),
        ]),
  ]
}

/** "Hampshire (850 in the file's name)" */
const partText = (part: string, name: string | null): string =>
  name === null ? part : `${name} (${part} in the file’s name)`

function checkRow(c: CheckResult) {
  const first = c.examples[0]
  const where = first
    ? `line ${words.number(first.line, 0)}${first.column ? `, ${first.column}` : ''}${first.value ? `: “${first.value}”` : ''}${first.sentence ? `. ${first.sentence}` : ''}`
    : ''
  const severity = { refuse: 'Refused', warn: 'Worth a look', note: 'Note' }[c.severity]
  return [
    { text: c.sentence },
    { text: severity },
    { text: words.number(c.count, 0) },
    { text: where },
  ]
}

/** What was hidden, and from which count on nothing is. */
function hiddenSentence(hidden: ReleasePage['hidden']): string | null {
  if (!hidden || hidden.roundedTo !== null) return null
  const count = `${words.number(hidden.hidden, 0)} of its ${words.number(hidden.figures, 0)} figures`
  if (hidden.hidden === 0)
    return 'Small counts are hidden in releases of this kind; here there were none.'
  const why =
    hidden.threshold === null
      ? 'since few are behind them'
      : `since fewer than ${hidden.threshold} people are behind them`
  return `${count} are hidden: some ${why}, others so that nobody can work those out. A program that knows every sum tried it before they were published. All read alike: “suppressed”.`
}

/** To what its counts are rounded, and that nobody can undo it. */
function roundedSentence(hidden: ReleasePage['hidden']): string | null {
  if (!hidden || hidden.roundedTo === null) return null
  return `All its counts are rounded to multiples of ${hidden.roundedTo}, each to one of the two next to it, so that nobody can be known by a small number; percentages and rates follow from the rounded counts. The same count is rounded the same way whenever it is asked for. A program that knows every sum tried to undo it before they were published.`
}

/** A release as a receipt: where it is from, what the check found, what it changed. */
export async function releasePage(id: number, context: PageContext): Promise<Page | null> {
  const found = await context.reader.release(context.state, id)
  if (!found) return null
  const { release: r } = found
  return {
    view: 'pages/release/release',
    data: found,
    values: {
      id,
      title: `${r.title}, ${releaseLine(r).about}`,
      sentence: releaseSentence(found),
      receipt: receipt(r),
      // The same for everybody, as all that anyone may read: the page behind it asks who may.
      withdraw: r.status === 'published' ? `/publish/releases/${r.id}/withdraw` : null,
      hidden: hiddenSentence(found.hidden),
      rounded: roundedSentence(found.hidden),
      checks: found.checks.map(checkRow),
      refused: found.refused.map((row) => [
        { text: String(row.line) },
        { text: row.sentence },
        { text: row.cells.join(', ').slice(0, 200) },
      ]),
      leftOut: words.number(r.rowsRefused, 0),
      isCut: found.refused.length < r.rowsRefused,
      changesTitle: changesTitle(found.changeCount),
      kinds: kindsSentence(found.changeKinds),
      changesHead,
      changes: found.changes.map((c) => changeRow(c, context)),
      changeCount: found.changeCount,
      allChanges: found.changeCount > 0 ? `${context.path}/changes` : null,
      changeNumber: words.number(found.changeCount, 0),
      isCorrection: r.supersedes !== null,
      replacedBy: r.supersededBy,
      indicators: found.indicators.map((code) => ({
        href: `/indicators/${code}`,
        name: context.indicators.get(code)?.name ?? code,
      })),
      then: r.publishedAt === null ? null : `/?as-of=${encodeURIComponent(r.publishedAt)}`,
      recorded: await onTheRecord(`release:${id}`, context),
      json: `${context.path}.json`,
      bulk: found.indicators.length > 0 ? addressOf({ kind: 'releases', code: String(id) }) : null,
      crumbs: [{ text: 'Releases', href: '/releases' }],
    },
  }
}
