import type { ChangeKinds } from '../comparison/release-page.ts'
import { statuses } from '../evidence/descriptor.ts'

/** Stands in the place of a status where a file had nothing of a figure. */
export const absent = -1

const value = statuses.indexOf('value')

/** Some figures that changed alike: their places in the list of statuses, or `absent`, and how many they are. */
export interface AlikeChanges {
  readonly before: number
  readonly after: number
  readonly count: number
}

/**
 * Changed figures by kind. The check of a file, the preview of a draft and the page of a release all count by this, so
 * that they say the same of one correction: what became suppressed or missing has changed, and is not gone.
 */
export function changeKinds(all: Iterable<AlikeChanges>): ChangeKinds {
  const kinds = { added: 0, changed: 0, gone: 0, withoutValue: 0 }
  for (const { before, after, count } of all) {
    if (before === absent) kinds.added += count
    else if (after === absent) kinds.gone += count
    else {
      kinds.changed += count
      if (before === value && after !== value) kinds.withoutValue += count
    }
  }
  return kinds
}
