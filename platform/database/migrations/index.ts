import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { statements as evidence } from './0001-evidence.ts'
import { statements as invented } from './0002-invented.ts'
import { statements as search } from './0003-search.ts'
import { statements as plainColumns } from './0004-plain-columns.ts'
import { statements as maps } from './0009-maps.ts'
import { statements as standards } from './0010-standards.ts'
import { statements as cards } from './0011-cards.ts'
import { statements as fairness } from './0012-fairness.ts'
import { statements as value } from './0014-value.ts'
import { statements as desk } from './0015-desk.ts'
import { statements as fairnessTrend } from './0016-fairness.ts'
import { statements as record } from './0017-record.ts'
import { statements as yardstick } from './0018-yardstick.ts'
import { statements as disclosure } from './0019-disclosure.ts'
import { statements as tokens } from './0020-tokens.ts'
import { statements as jobs } from './0021-jobs.ts'
import { statements as people } from './0022-people.ts'
import { statements as mail } from './0023-mail.ts'
import { statements as replies } from './0024-replies.ts'
import { statements as uploads } from './0027-uploads.ts'
import { statements as passkeys } from './0028-passkeys.ts'
import { statements as subscriptions } from './0031-subscriptions.ts'
import { statements as uploadParts } from './0033-upload-parts.ts'
import { statements as surveys } from './0034-surveys.ts'
import { statements as whoseActs } from './0035-whose-acts.ts'
import { statements as stories } from './0036-stories.ts'
import { statements as letterKind } from './0037-letter-kind.ts'
import { statements as rounding } from './0040-rounding.ts'
import { statements as surveyThemes } from './0042-survey-themes.ts'
import { statements as withdrawals } from './0043-withdrawals.ts'
import { statements as adoptedDrafts } from './0044-adopted-drafts.ts'
import { statements as surveyResultsByThemselves } from './0047-survey-results-by-themselves.ts'
import { statements as storyCounts } from './0050-story-counts.ts'
import { statements as toldShares } from './0051-told-shares.ts'
import { statements as repliesThatCount } from './0052-replies-that-count.ts'
import { statements as surveyCrisisAndPeace } from './0053-survey-crisis-and-peace.ts'
import { statements as sealedReasons } from './0054-sealed-reasons.ts'
import { statements as askedAfterAppointments } from './0055-asked-after-appointments.ts'
import { statements as plainSheets } from './0060-plain-sheets.ts'
import { statements as changeStatuses } from './0061-change-statuses.ts'
import { statements as streetSearch } from './0062-street-search.ts'
import { statements as plainSearch } from './0063-plain-search.ts'
import { statements as shutAccounts } from './0064-shut-accounts.ts'

const from = (name: string, statements: readonly string[]): Migration => ({
  name,
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
})

/** In order. A migration that has been released is never changed; a new one follows it. */
export const migrations: readonly Migration[] = [
  from('0001-evidence', evidence),
  from('0002-invented', invented),
  from('0003-search', search),
  from('0004-plain-columns', plainColumns),
  from('0009-maps', maps),
  from('0010-standards', standards),
  from('0011-cards', cards),
  from('0012-fairness', fairness),
  from('0014-value', value),
  from('0015-desk', desk),
  from('0016-fairness', fairnessTrend),
  from('0017-record', record),
  from('0018-yardstick', yardstick),
  from('0019-disclosure', disclosure),
  from('0020-tokens', tokens),
  from('0021-jobs', jobs),
  from('0022-people', people),
  from('0023-mail', mail),
  from('0024-replies', replies),
  from('0027-uploads', uploads),
  from('0028-passkeys', passkeys),
  from('0031-subscriptions', subscriptions),
  from('0033-upload-parts', uploadParts),
  from('0034-surveys', surveys),
  from('0035-whose-acts', whoseActs),
  from('0036-stories', stories),
  from('0037-letter-kind', letterKind),
  from('0040-rounding', rounding),
  from('0042-survey-themes', surveyThemes),
  from('0043-withdrawals', withdrawals),
  from('0044-adopted-drafts', adoptedDrafts),
  from('0047-survey-results-by-themselves', surveyResultsByThemselves),
  from('0050-story-counts', storyCounts),
  from('0051-told-shares', toldShares),
  from('0052-replies-that-count', repliesThatCount),
  from('0053-survey-crisis-and-peace', surveyCrisisAndPeace),
  from('0054-sealed-reasons', sealedReasons),
  from('0055-asked-after-appointments', askedAfterAppointments),
  from('0060-plain-sheets', plainSheets),
  from('0061-change-statuses', changeStatuses),
  from('0062-street-search', streetSearch),
  from('0063-plain-search', plainSearch),
  from('0064-shut-accounts', shutAccounts),
]
