import type { FastifyRequest } from 'fastify'
import { allowed } from '../../../people/rules.ts'
import type { Upload } from '../../../uploads/upload.ts'
import * as words from '../../words.ts'
import { momentWords } from '../record/act-words.ts'
import { type PublishPlace, reaches } from './place.ts'
import { handedInBy, sizeWords, standingWords } from './upload-words.ts'

/** What is handed in, what is drafted and what is published, as far as the viewer's role reaches. */
export async function listPage({ viewer }: FastifyRequest, { uploads, reader }: PublishPlace) {
  const mine = (u: Upload): boolean => reaches(viewer, 'draft-release', u).yes
  const lost = (await uploads.list(['dropped'])).filter(
    (u) => u.person !== null && u.person === viewer.person?.id && u.sentence !== null,
  )
  const underWay = await uploads.list([
    'reading',
    'questions',
    'checking',
    'refused',
    'ready',
    'publishing',
    'unreadable',
  ])
  const shown = [...underWay.filter(mine), ...lost]
  const drafts = (await uploads.otherDrafts()).filter(
    ({ service }) => allowed(viewer, 'draft-release', service === null ? {} : { service }).yes,
  )
  const halfSent = await uploads.parts.unfinished(viewer.person?.id ?? '')
  const state = await reader.state()
  const releases = (await reader.releases(state, { limit: 8 })).filter(
    (r) => r.status === 'published',
  )
  const goingAway = await uploads.withdrawals.underWay()
  const mayWithdraw = (service: string | null): boolean =>
    allowed(viewer, 'withdraw-release', service === null ? {} : { service }).yes
  return {
    title: 'Publish figures',
    most: sizeWords(uploads.mostBytes),
    halfSent: halfSent.map((h) => ({
      ...h,
      words: `${sizeWords(h.received)} of ${sizeWords(h.bytes)}`,
    })),
    /** For the script, which goes on where one of them broke off. */
    known: JSON.stringify(
      halfSent.map(({ id, fileName: name, bytes, modified, received }) => {
        return { id, name, bytes, modified, received }
      }),
    ),
    underWay: shown.map((u) => [
      { text: u.fileName, href: `/publish/${u.id}` },
      standingWords(u),
      handedInBy(u),
      momentWords(u.changedAt),
    ]),
    drafts: drafts.map((d) => [String(d.id), d.title, words.period(d.period), d.by]),
    draftNumbers: drafts.map((d) => d.id),
    releases: releases.map((r) => [
      { text: `${r.id}`, href: `/releases/${r.id}` },
      r.title,
      words.period(r.period),
      mayWithdraw(r.service)
        ? {
            text: goingAway.has(r.id) ? `${r.id} is being withdrawn` : `Withdraw ${r.id}`,
            href: `/publish/releases/${r.id}/withdraw`,
          }
        : '',
    ]),
    data: {
      underWay: shown.map(({ id, fileName, state: now, bytes, changedAt }) => ({
        id,
        file: fileName,
        state: now,
        bytes,
        changed: changedAt,
      })),
      halfSent: halfSent.map(({ id, fileName, bytes, received }) => ({
        id,
        file: fileName,
        bytes,
        received,
      })),
      drafts,
      published: releases.map(({ id, title, period }) => ({ id, title, period })),
    },
  }
}
