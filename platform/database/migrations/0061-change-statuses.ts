/**
 * What a changed figure was before and after, beside its value: the place in the list of statuses, -1 where the
 * file had none of it, null in rows of before this. Read figure by figure, as the list of changes is.
 */
export const statements = [
  'alter table release_change add column before_status smallint, add column after_status smallint',
  'drop index release_change_by_release',
  `create index release_change_by_figure
    on release_change (release_id, indicator, period, breakdown, subject_id)`,
]
