import { hex, sha256 } from '@plumbline/record'
import type { Database } from '../database/database.ts'
import type { RecordedAct } from '../record/act.ts'
import {
  changeCounts,
  changesRoot,
  judgementChanges,
  type StandardChange,
  standardChanges,
} from '../standards/changes.ts'
import { stepBy } from '../standards/standard.ts'
import { publicSha256 } from './store.ts'

/** What a publication does with releases, by their numbers. */
export interface Parts {
  readonly added: readonly number[]
  readonly superseded: readonly number[]
  readonly withdrawn: readonly number[]
  /** By the number of each one that is superseded, the one that takes its place. */
  readonly successor: ReadonlyMap<number, number>
}

interface Published {
  id: number
  dataset: string
  title: string
  publisher: string
  period: string
  part: string | null
  file: string
  sha256: string
  rows: number
  refused: number
}

const rules = {
  publish:
    'A release counts from a numbered publication on, with a reason; nothing is overwritten.',
  supersede: 'A correction is a release of its own, which takes the place of the one it corrects.',
  withdraw: 'A release can be withdrawn with a reason; what it said stays readable for its time.',
  gaveWay: 'Invented figures give way to the first real ones.',
  judge: 'Every provider is judged anew by what changed, by the standard’s own rule.',
}

/**
 * What a publication puts on the record, when all of it is computed and none of it counts yet: releases,
 * standards, and who is judged otherwise, an act for each standard.
 */
export async function recordActs(
  db: Database,
  publication: number,
  parts: Parts,
  { by, reason, role = 'steward' }: { by: string; reason: string; role?: string },
): Promise<RecordedAct[]> {
  const releases = await releasesOf(db, [...parts.added, ...parts.superseded, ...parts.withdrawn])
  const successors = new Map([...parts.successor].map(([old, made]) => [made, old]))
  const common = { role, why: reason, personal: { name: by } }
  const of = (id: number) => {
    const r = releases.get(id)
    const { dataset, title, period, part } = r ?? { dataset: '', title: '', period: '', part: null }
    return { subject: `release:${id}`, details: { publication, dataset, title, period, part } }
  }
  const added = parts.added
    .toSorted((a, b) => a - b)
    .map((id): RecordedAct => {
      const { subject, details } = of(id)
      const file = releases.get(id)
      return {
        ...common,
        act: 'release-published',
        subject,
        rule: rules.publish,
        details: {
          ...details,
          publisher: file?.publisher ?? '',
          file: file?.file ?? '',
          sha256: file?.sha256 ?? '',
          rows: file?.rows ?? 0,
          refused: file?.refused ?? 0,
          supersedes: successors.get(id) ?? null,
        },
      }
    })
  const superseded = parts.superseded.map((id): RecordedAct => {
    const { subject, details } = of(id)
    const supersededBy = parts.successor.get(id) ?? null
    const rest = { subject, rule: rules.supersede, details: { ...details, supersededBy } }
    return { ...common, act: 'release-superseded', ...rest }
  })
  const rule = parts.added.length > 0 ? rules.gaveWay : rules.withdraw
  const withdrawn = parts.withdrawn.map(
    (id): RecordedAct => ({ ...common, act: 'release-withdrawn', ...of(id), rule }),
  )
  const today = new Date().toISOString().slice(0, 10)
  const standards = await standardChanges(db, publication, today)
  const judged = await judgementChanges(db, publication)
  return [
    ...added,
    ...superseded,
    ...withdrawn,
    ...standards.map((s) => standardAct(s, publication, today)),
    ...judged.map(
      (changes): RecordedAct => ({
        act: 'judgements-changed',
        role: 'the platform',
        subject: `standard:${changes.standard}`,
        why: reason,
        rule: rules.judge,
        details: {
          publication,
          providers: changes.of.length,
          changes: changeCounts(changes),
          root: changesRoot(changes),
        },
      }),
    ),
  ]
}

async function releasesOf(db: Database, ids: readonly number[]): Promise<Map<number, Published>> {
  const rows = await db.query<Published>(
    `select id, dataset, title, publisher, period, part, file_name as file, ${publicSha256} as sha256,
       rows_accepted as rows, rows_refused as refused from release r where id = any($1::int[])`,
    [ids],
  )
  return new Map(rows.map((r) => [r.id, r]))
}

/** Adopted and ended by whoever decided so; changed, where its state is the same, by the steward. */
function standardAct(change: StandardChange, publication: number, today: string): RecordedAct {
  const { code, before, after, stateBefore, stateAfter: state, definition } = change
  const subject = `standard:${code}`
  const known = after ?? before
  const details = {
    publication,
    name: known?.name ?? '',
    setBy: known?.setBy ?? '',
    state: state ?? 'gone',
    definition: definition === null ? null : hex(sha256(definition)),
  }
  const rule = known?.right ?? 'A standard is set by those with the right to set it.'
  if (after === null) {
    const why = 'Its definition is in the catalogue no more.'
    return { act: 'standard-ended', role: 'steward', subject, why, rule, details }
  }
  if (state === stateBefore) {
    const why = 'Its definition was changed.'
    return { act: 'standard-changed', role: 'steward', subject, why, rule, details }
  }
  const step = stepBy(after, today)
  const ended = state === 'superseded' || state === 'withdrawn'
  const act =
    state === 'adopted' ? 'standard-adopted' : ended ? 'standard-ended' : 'standard-changed'
  const since = { ...details, since: step?.on ?? null }
  return {
    act,
    role: step?.by ?? after.setBy,
    subject,
    why: step?.reason ?? '',
    rule,
    details: since,
  }
}
