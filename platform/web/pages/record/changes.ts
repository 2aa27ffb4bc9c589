import { hex, leafHash } from '@plumbline/record'
import {
  changeLeaf,
  changeProof,
  changesRoot,
  type JudgedOtherwise,
} from '../../../standards/changes.ts'
import { csvLines } from '../../csv.ts'
import * as words from '../../words.ts'
import { type Page, type PageContext, paging, pastEnd } from '../context.ts'
import { momentWords, subjectOf } from './act-words.ts'
import { standardNames } from './record-names.ts'

/** Providers on one page of the list. */
const onPage = 50

export interface ChangesQuery {
  readonly q: string
  readonly page: number
  readonly search: URLSearchParams
}

const judged = (outcome: string | null): string => outcome ?? 'no judgement'

const changeText = ({ changes }: JudgedOtherwise): string =>
  words.list(
    changes.map(
      (c) => `${words.period(c.period)}: from “${judged(c.before)}” to “${judged(c.after)}”`,
    ),
  )

/**
 * Who is judged otherwise by one standard since one publication, worked out from the stored judgements
 * and held against the root that the entry names; for one of them, the proof.
 */
export async function changesPage(
  number: number,
  asked: ChangesQuery,
  context: PageContext,
): Promise<Page | null> {
  const { reader, state } = context
  const stored = await reader.record.entry(state, number)
  if (!stored || stored.entry.act !== 'judgements-changed') return null
  const { entry } = stored
  const { code } = subjectOf(entry)
  const publication = Number(entry.details.publication)
  const all = (await reader.standards.changes(publication, code)) ?? { standard: code, of: [] }
  const root = changesRoot(all)
  const fits = root === entry.details.root
  const q = asked.q.trim()
  const one = all.of.findIndex((c) => c.code === q)
  const found =
    q === '' ? all.of : all.of.filter((c) => c.code.toLowerCase().includes(q.toLowerCase()))
  const shown = found.slice((asked.page - 1) * onPage, asked.page * onPage)
  const only = all.of[one]
  const proof = only
    ? {
        leaf: changeLeaf(only),
        hash: hex(leafHash(changeLeaf(only))),
        index: one,
        size: all.of.length,
        root,
        hashes: changeProof(all, one).map(hex),
      }
    : null
  const standard = (await standardNames(context))(code)
  return {
    view: 'pages/record/changes',
    data: {
      entry: number,
      root: entry.details.root,
      fits,
      total: found.length,
      changes: shown,
      proof,
    },
    forms: {
      csv: () =>
        csvLines(
          ['code', 'period', 'before', 'after'],
          found.flatMap((o) => o.changes.map((c) => [o.code, c.period, c.before, c.after])),
        ),
    },
    values: {
      title: `Who is judged otherwise by “${standard}”`,
      lead: `${words.number(all.of.length, 0)} in all, since ${momentWords(entry.at)}.`,
      fits,
      q,
      action: context.path,
      rows: shown.map((o) => [
        { text: o.code, href: `${context.path}?q=${encodeURIComponent(o.code)}` },
        { text: changeText(o) },
      ]),
      proof,
      pastEnd: pastEnd(context.path, asked.search, asked.page, Math.ceil(found.length / onPage)),
      paging: paging(context.path, asked.search, asked.page, Math.ceil(found.length / onPage)),
      csv: `${context.path}.csv`,
      json: `${context.path}.json${q ? `?q=${encodeURIComponent(q)}` : ''}`,
      crumbs: [
        { text: 'The public record', href: '/record' },
        { text: `Entry ${number}`, href: `/record/${number}` },
      ],
    },
  }
}
