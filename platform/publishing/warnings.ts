import type { Queries } from '../database/database.ts'
import type { CheckReport, RuleReport } from '../evidence/checks.ts'
import type { Descriptor } from '../evidence/descriptor.ts'
import { asksPeriod, periodOfName } from '../evidence/period-asked.ts'
import { slotOf } from './draft.ts'
import { decisionsText, draftedIndicators, openDecisions } from './left-open.ts'

interface About {
  readonly descriptor: Descriptor
  /** What the file is called. */
  readonly name: string
  readonly report: CheckReport
  readonly period: string
  readonly part: string | null
  /** Nothing may be told that rests on the bytes of a file whose small counts are hidden. */
  readonly unnamed: boolean
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

const warning = (rule: string, sentence: string): RuleReport => ({
  rule,
  severity: 'warn',
  count: 1,
  sentence,
  examples: [],
})

/** A report with what is worth a look before a file is published though none of its rows is wrong. */
export async function withWarnings(db: Pick<Queries, 'query'>, of: About): Promise<CheckReport> {
  const { report, descriptor, name, period, part, unnamed } = of
  const withdrawn = await withdrawnBefore(db, {
    slot: slotOf(descriptor, period, part),
    sha256: report.sha256,
    unnamed,
  })
  const found = [
    ...(withdrawn === null ? [] : [warning(withdrawnRule, withdrawn)]),
    ...ofPeriod(descriptor, name, period),
    ...ofDraft(descriptor),
  ]
  if (found.length === 0) return report
  const isRefusal = (r: RuleReport): boolean => r.severity === 'refuse'
  const rules = [
    ...report.rules.filter(isRefusal),
    ...found,
    ...report.rules.filter((r) => !isRefusal(r)),
  ]
  return { ...report, rules }
}

/** Where somebody said when a file is of, and its name says otherwise. */
function ofPeriod(descriptor: Descriptor, name: string, period: string): RuleReport[] {
  const says = asksPeriod(descriptor) ? periodOfName(name, descriptor.period.kind) : null
  if (says === null || says === period) return []
  const sentence = `The file’s name says ${says}, and its figures are read as of ${period}.`
  return [warning('period-name', sentence)]
}

/** What its descriptor leaves undecided, which keeps it from being imported; and what its readers would be told. */
function ofDraft(descriptor: Descriptor): RuleReport[] {
  const open = openDecisions(descriptor)
  const drafted = draftedIndicators(descriptor)
  return [
    ...(open.length === 0
      ? []
      : [
          warning(
            'undecided',
            `An import refuses it until its descriptor, ${descriptor.id}, is finished: ${decisionsText(open)}.`,
          ),
        ]),
    ...(drafted.length === 0
      ? []
      : [
          warning(
            'drafted',
            `The caveat “Drafted from the file” would stand on the page of ${drafted.join(', ')}: write what limits its figures in "caveats", or take it away where nothing does.`,
          ),
        ]),
  ]
}

export const withdrawnRule = 'withdrawn'

/**
 * Where the last release of the same bytes for the same dataset, period and part was withdrawn: when and why, in a
 * sentence; else null.
 */
async function withdrawnBefore(
  db: Pick<Queries, 'query'>,
  of: { readonly slot: string; readonly sha256: string; readonly unnamed: boolean },
): Promise<string | null> {
  const [last] = await db.query<{ id: number; at: string | null; reason: string | null }>(
    `select r.id, p.published_at as at, p.reason from release r
       left join publication p on p.id = r.ended_in and r.ended_as = 'withdrawn'
     where r.slot = $1 and r.sha256 = $2 and r.published_in is not null
       and not ($3 and exists (select 1 from protected_release g where g.release_id = r.id))
     order by r.published_in desc, r.id desc limit 1`,
    [of.slot, of.sha256, of.unnamed],
  )
  if (!last || last.at === null || last.reason === null) return null
  const when = day.format(new Date(last.at))
  return `The same file was withdrawn on ${when} (release ${last.id}) because: “${last.reason}”.`
}

/** Drafts of files that were withdrawn before, each with a sentence: what a steward is told before they publish. */
export async function withdrawnDrafts(
  db: Pick<Queries, 'query'>,
  drafts: readonly number[],
): Promise<string[]> {
  const rows = await db.query<{ id: number; slot: string; sha256: string; name: string }>(
    `select id, slot, sha256, file_name as name from release
     where id = any($1::int[]) and published_in is null order by id`,
    [drafts],
  )
  const said: string[] = []
  for (const { id, slot, sha256, name } of rows) {
    const sentence = await withdrawnBefore(db, { slot, sha256, unnamed: false })
    if (sentence !== null) said.push(`Draft ${id}, ${name}: ${sentence}`)
  }
  return said
}
