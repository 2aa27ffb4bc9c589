import type { Database, Queries } from '../../platform/database/database.ts'
import { closeSignal, takeSignal } from '../../platform/desk/handle.ts'
import type { Catalogue } from '../../platform/evidence/catalogue.ts'
import { makeReader } from '../../platform/reader.ts'
import { answerCorrection, askCorrection } from '../../platform/replies/correction.ts'
import { type KnownMatter, knownMatter, type Matter } from '../../platform/replies/matter.ts'
import { giveReply, withdrawReply } from '../../platform/replies/reply.ts'

/** Whom the county's replies are by. */
const head = 'head teacher'

/** Replies that stand: to a judgement, a figure, a card and a signal. */
export const replies: readonly (Matter & { readonly role: string; readonly text: string })[] = [
  {
    ...{ provider: 'ALDP03', kind: 'judgement', about: 'ald-floor-primary', role: head },
    text: 'A third of our oldest class joined us in the last year, many of them new to English. We read with each of them every morning now. We ask to be judged on those who were here for two years as well.',
  },
  {
    ...{ provider: 'ALDP03', kind: 'figure', about: 'ald-primary-absence', role: head },
    text: 'The road to Ottleford was under water for three weeks in February.\n\nWe taught from home then, and each day counts as an absence.',
  },
  {
    ...{ provider: 'ALDG03', kind: 'figure', about: 'ald-gp-experience', role: 'lead partner' },
    text: 'Our telephone was out of order while people were asked. Since March two more people answer it between 8 and 10.',
  },
  {
    ...{ provider: 'ALDP04', kind: 'card', about: 'primary-school', role: head },
    text: 'The card weighs progress in one year. Ours has been above the county in the three years before.',
  },
]

const withdrawn: Matter = { provider: 'ALDP05', kind: 'figure', about: 'ald-primary-parents' }

/** Signals that a steward looks after, and one that was closed. */
export const taken = [
  'below-floor:ALDP63:ald-floor-primary:2024-25',
  'sudden-worsening:ALDH02:ald-hospital-four-hours:2023-05',
] as const
export const closed = 'far-better:ALDG23:ald-gp-diabetes:2024-25'

/** The day that lies so many days before today, ISO. */
function daysAgo(days: number): string {
  const day = new Date()
  day.setUTCDate(day.getUTCDate() - days)
  return day.toISOString().slice(0, 10)
}

/**
 * Has the example area's people say what they say, once: replies, requests for a correction (one answered in
 * time, one late), signals taken and closed. Each goes the way that it goes from a form.
 */
export async function saySomething(db: Database, catalogue: Catalogue): Promise<void> {
  if ((await db.query('select 1 from reply_act limit 1')).length > 0) return
  const reader = makeReader(db, catalogue)
  const state = await reader.state()
  const known = async (matter: Matter): Promise<KnownMatter> => {
    const found = await knownMatter(reader, state, matter)
    if (found) return found
    throw new Error(`The example has no ${matter.kind} ${matter.about} of ${matter.provider}.`)
  }
  const replied = await Promise.all(
    replies.map(async (r) => ({ matter: await known(r), role: r.role, text: r.text })),
  )
  const gone = await known(withdrawn)
  const corrected = await known({
    ...{ provider: 'ALDP04', kind: 'figure', about: 'ald-primary-expected' },
  })
  const late = await known({
    ...{ provider: 'ALDH02', kind: 'figure', about: 'ald-hospital-infections' },
  })
  const [correction] = await db.query<{ id: number }>(
    `select id from release where supersedes is not null and invented
       and indicators ? 'ald-primary-expected' order by id limit 1`,
  )
  await db.transaction(async (tx) => {
    for (const { matter, role, text } of replied) {
      await giveReply(tx, matter, { text, role, givenOn: daysAgo(6) })
    }
    const text = 'Only eleven families were asked.'
    const entry = await giveReply(tx, gone, { text, role: head, givenOn: daysAgo(9) })
    const why = 'We counted again: it was thirty-one.'
    await withdrawReply(tx, gone, { why, role: head, on: daysAgo(7) }, entry)
    await correctOne(tx, corrected, correction?.id ?? 0)
    await askCorrection(tx, late, lateRequest, reader.replies.clock)
    for (const signal of taken) {
      await takeSignal(tx, { signal, role: 'steward', on: daysAgo(3), seen: null })
    }
    await closeSignal(tx, {
      ...{ signal: closed, role: 'steward', on: daysAgo(2), seen: null },
      why: 'The practice has shown the others how it does it, at their meeting in Sorrelstow.',
    })
  })

  async function correctOne(tx: Queries, matter: KnownMatter, release: number): Promise<void> {
    const asked = {
      wrong: 'Nine pupils sat their tests late and are not counted.',
      rightIs: 'The share with them among the pupils of 2024-25.',
      evidence: 'The list that the county’s test office sent us on the last day of term.',
      ...{ isPrivate: false, role: head, askedOn: daysAgo(5) },
    }
    const id = await askCorrection(tx, matter, asked, reader.replies.clock)
    const why = 'The pupils who sat their tests late are counted now, in all schools.'
    const answer = { outcome: 'accepted', release, why, role: 'analyst', on: daysAgo(1) }
    await answerCorrection(tx, id, answer)
  }
}

const lateRequest = {
  wrong: 'Two infections of patients who came from elsewhere are counted as ours.',
  rightIs: 'Two fewer in the last year.',
  evidence: 'The letters of the other hospital, which we can show.',
  ...{ isPrivate: false, role: 'chief executive', askedOn: daysAgo(40) },
}
