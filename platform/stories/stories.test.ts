import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { State } from '../comparison/reader.ts'
import type { Database, Queries } from '../database/database.ts'
import { migrate } from '../database/migrate.ts'
import { migrations } from '../database/migrations/index.ts'
import { testDatabases } from '../database/testing.ts'
import { unsentLetters } from '../mail/store.ts'
import { grantRole } from '../people/grants.ts'
import { lastEntryOf, Overtaken } from '../record/append-after.ts'
import { verifyStored } from '../record/verify.ts'
import { changeMade, dropChange, replyToStory } from './answer.ts'
import { beginDraft, confirmDraft, draftOf, keepAbout, keepWords, sendDraft } from './draft.ts'
import { publishStory, readClaim, refuseStory, standingNow } from './moderate.ts'
import { ownStory, queueOf, StoriesStore } from './store.ts'
import { storySubject } from './story.ts'
import { tellLeads, tellModerators, tellTeller } from './tell.ts'
import { appeal, forgetTeller, rewordStory, sayWhetherHelped, withdrawStory } from './teller.ts'

const email = 'ada@lovelace.example'
const on = '2026-05-04'
const nothingYet: State = {
  ...{ publication: 1, at: null, invented: false, answers: 0 },
  ...{ record: 0, checkpoint: 0, erased: 0 },
}
const moderator = { role: 'moderator', byWhom: 'hash of one' }
const another = { role: 'steward', byWhom: 'hash of another' }
const lead = { role: 'head teacher', providerName: 'Ansty School' }
const told = { service: 'school', places: ['P1', 'P'] }
const place = { secret: 'a secret of this test', home: 'https://plumbline.example' }
const published = { themes: ['waiting'], gravity: '2', on }

describe.each(testDatabases())('stories on $kind', ({ open }) => {
  let db: Database
  let store: StoriesStore
  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    store = new StoriesStore(db)
  })
  afterAll(() => db.close())

  const now = async (): Promise<State> => {
    const [row] = await db.query<{ n: number }>(
      'select coalesce(max(number), 0) as n from record_entry',
    )
    return { ...nothingYet, record: row?.n ?? 0 }
  }
  const act = <T>(work: (tx: Queries) => Promise<T>): Promise<T> => db.transaction(work)

  /** A draft that was sent. */
  async function sent(happened = 'Nobody called back.', provider = 'C7'): Promise<string> {
    const key = { id: randomUUID(), browser: 'hers' }
    await beginDraft(db, key, provider)
    await keepWords(db, key, { happened, good: 'The pictures on the wall.', better: '' })
    await keepAbout(db, key, { feelings: ['ignored'], teller: 'self', month: '2026-04' })
    expect(await sendDraft(db, key, email)).toBe(true)
    return key.id
  }
  const confirm = (id: string) => act((tx) => confirmDraft(tx, { id, email }, told, on))
  async function tell(happened?: string): Promise<number> {
    const found = await confirm(await sent(happened))
    return found?.story ?? 0
  }
  const publish = (id: number, by = moderator) =>
    act((tx) => publishStory(tx, id, published, by, store.clock))
  const refuse = (
    id: number,
    how: 'returned' | 'hidden',
    by = moderator,
    why = 'It names Xanthippe.',
  ) => act((tx) => refuseStory(tx, id, how, { rule: 'person', why, on }, by))
  const stageOf = async (id: number) => (await standingNow(db as Queries, id)).standing.stage

  it('is a draft of one browser alone, sent once, and told once however often it is confirmed', async () => {
    const id = await sent()
    expect(await draftOf(db, { id, browser: 'his' })).toBeNull()
    expect(await sendDraft(db, { id, browser: 'hers' }, email)).toBe(false)
    expect(await act((tx) => confirmDraft(tx, { id, email: 'eve@x.example' }, told, on))).toBeNull()
    const both = await Promise.all([confirm(id), confirm(id)])
    const again = await confirm(id)
    expect(new Set([...both, again].map((s) => s?.story)).size).toBe(1)
    expect(both.map((s) => s?.isNew).sort()).toEqual([false, true])
    expect(again?.isNew).toBe(false)
    expect(await db.query('select 1 from story where draft = $1', [id])).toHaveLength(1)
    expect(await draftOf(db, { id, browser: 'hers' })).toBeNull()
    const stays = await now()
    expect(await store.story(stays, again?.story ?? 0)).toBeNull()
  })

  it('is refused with a sentence where it is not whole', async () => {
    const key = { id: randomUUID(), browser: 'hers' }
    await beginDraft(db, key, 'C7')
    await expect(sendDraft(db, key, email)).rejects.toThrow('Enter what happened.')
    const words = { happened: 'It was all fine.', good: '', better: '' }
    await expect(keepWords(db, key, { ...words, happened: 'Short.' })).rejects.toThrow(
      'What happened is shorter than 10 letters',
    )
    await expect(keepWords(db, key, { ...words, happened: 'x'.repeat(4001) })).rejects.toThrow(
      'longer',
    )
    await expect(keepWords(db, key, { ...words, good: 'a\u0000b' })).rejects.toThrow('typed')
    await keepWords(db, key, words)
    await expect(
      keepAbout(db, key, { feelings: ['rich'], teller: 'self', month: '' }),
    ).rejects.toThrow('How it felt is none of those.')
    const about = { feelings: [], teller: 'self', month: '2099-01' }
    await expect(keepAbout(db, key, about)).rejects.toThrow('lies in the future')
    await expect(sendDraft(db, key, email)).rejects.toThrow('Who you are is missing')
  })

  it('goes from its teller to the public, is answered, changes something, and all is on the record', async () => {
    const id = await tell()
    expect(await stageOf(id)).toBe('waiting')
    await publish(id)
    const story = await store.story(await now(), id)
    expect(story).toMatchObject({
      words: { happened: 'Nobody called back.' },
      standing: { stage: 'published', due: '2026-05-18', reply: null },
    })
    const seen = await lastEntryOf(db, storySubject(id))
    const promise = { text: 'We are sorry.', change: 'A second line.', changeBy: '2026-06-01', on }
    await act((tx) => replyToStory(tx, id, promise, lead, seen))
    const reply = { text: 'Again.', change: 'More.', changeBy: '2026-06-02', on }
    await expect(act((tx) => replyToStory(tx, id, reply, lead))).rejects.toThrow('still open')
    const made = { text: 'The line is there since Monday.', on: '2026-06-01' }
    await expect(act((tx) => changeMade(tx, id, made, lead))).rejects.toThrow('has not read yet')
    const read = { accepted: 'yes', why: '', on }
    await act((tx) => readClaim(tx, id, read, moderator))
    await act((tx) => changeMade(tx, id, made, lead))
    await act((tx) => sayWhetherHelped(tx, id, { answer: 'partly' }, '2026-06-02'))
    const after = await store.story(await now(), id)
    expect(after?.standing).toMatchObject({
      reply: { text: 'We are sorry.', role: 'head teacher of Ansty School' },
      change: { what: 'A second line.', state: 'made', ended: { text: made.text } },
      helped: { answer: 'partly' },
    })
    expect(await store.counts(await now(), { provider: 'C7' })).toMatchObject({
      ...{ replied: 1, changed: 1 },
    })
    // As it was before the reply.
    const then = await store.story({ ...nothingYet, record: seen }, id)
    expect(then?.standing).toMatchObject({ reply: null, change: null, due: '2026-05-18' })
    const acts = await db.query<{ act: string }>(
      'select act from record_entry where subject = $1 order by number',
      [storySubject(id)],
    )
    expect(acts.map((a) => a.act)).toEqual(
      ['told', 'published', 'replied', 'claim-read', 'change-made', 'helped'].map(
        (a) => `story-${a}`,
      ),
    )
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('keeps what a moderator thinks of its gravity, and who told it, out of the record', async () => {
    const id = await tell('Xanthippe told me nothing.')
    await refuse(id, 'returned')
    const [found] = await db.query<{ all: string }>(
      `select string_agg(e.entry || coalesce(p.value, ''), ' ') as all
       from record_entry e left join record_personal p using (number)`,
    )
    expect(found?.all).not.toMatch(/lovelace|gravity|Xanthippe/)
    expect(found?.all).toContain('"rule":"person"')
  })

  it('that is not shown is changed, or appealed against before somebody else', async () => {
    const id = await tell()
    await refuse(id, 'returned')
    await act((tx) =>
      rewordStory(tx, id, { happened: 'Somebody told me nothing.', good: '', better: '' }, on),
    )
    expect(await stageOf(id)).toBe('waiting')
    await refuse(id, 'hidden')
    await act((tx) => appeal(tx, id, { text: 'It names nobody any more.' }, on))
    await expect(publish(id)).rejects.toThrow('Somebody else has to read the appeal')
    await expect(act((tx) => appeal(tx, id, { text: 'Once more.' }, on))).rejects.toThrow('already')
    await publish(id, another)
    expect((await store.story(await now(), id))?.words?.happened).toBe('Somebody told me nothing.')
  })

  it('that is hidden after it was shown is shown by no state any more, nor by the record', async () => {
    const id = await tell('Zebedee was rude to all of us.')
    await publish(id)
    const state = await now()
    await refuse(id, 'hidden', moderator, 'A name is in it.')
    for (const at of [state, await now()]) {
      expect((await store.story(at, id))?.words).toBeNull()
      expect((await store.list(at, { q: 'zebedee' })).total).toBe(0)
    }
    const left = await db.query(`select 1 from record_personal where value like '%Zebedee%'`)
    expect(left).toEqual([])
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('is taken back by its teller: its words and their address go, that there was one stays', async () => {
    const id = await tell('Quincunx of the tellers.')
    await publish(id)
    await act((tx) => replyToStory(tx, id, { text: 'Quincunx too.', on }, lead))
    await act((tx) => withdrawStory(tx, id, on))
    await act((tx) => withdrawStory(tx, id, on))
    const all = await Promise.all(
      ['story_words', 'story_said', 'record_personal', 'story_teller where story = ' + id].map(
        (t) => db.query(`select * from ${t}`),
      ),
    )
    expect(JSON.stringify(all)).not.toContain('Quincunx')
    expect(all.at(-1)).toEqual([])
    expect((await store.story(await now(), id))?.standing.stage).toBe('withdrawn')
    await expect(publish(id)).rejects.toThrow('gone')
    expect((await verifyStored(db)).fault).toBeNull()
  })

  it('promised change is dropped with a reason, or does not stand', async () => {
    const id = await tell()
    await publish(id)
    const promise = { text: 'We will.', change: 'A sign.', changeBy: '2026-06-01', on }
    await act((tx) => replyToStory(tx, id, promise, lead))
    const no = { accepted: 'no', why: '', on }
    await expect(act((tx) => readClaim(tx, id, no, moderator))).rejects.toThrow(
      'The reason is needed',
    )
    await act((tx) => readClaim(tx, id, { ...no, why: 'It names no change.' }, moderator))
    await act((tx) => replyToStory(tx, id, promise, lead))
    const drop = { why: 'There is no money for it.', on }
    await act((tx) => dropChange(tx, id, drop, lead))
    const { standing } = await standingNow(db as Queries, id)
    expect(standing.change).toMatchObject({ state: 'dropped', ended: { text: drop.why } })
    const late = { ...promise, changeBy: '2026-01-01' }
    await expect(act((tx) => replyToStory(tx, id, late, lead))).rejects.toThrow('lies in the past')
  })

  it('of two moderators who decide at once, the second is told', async () => {
    const id = await tell()
    const seen = await lastEntryOf(db, storySubject(id))
    const first = act((tx) => publishStory(tx, id, published, moderator, store.clock, seen))
    const second = act((tx) =>
      refuseStory(tx, id, 'hidden', { rule: 'harm', why: 'It insults.', on }, another, seen),
    )
    const done = await Promise.allSettled([first, second])
    expect(done.map((d) => d.status).sort()).toEqual(['fulfilled', 'rejected'])
    const [failed] = done.filter((d) => d.status === 'rejected')
    expect((failed as PromiseRejectedResult).reason).toBeInstanceOf(Overtaken)
  })

  it('that may speak of a crisis comes first, then the gravest, then the oldest', async () => {
    await db.query(`update story_now set stage = 'hidden', appeal = false, claim = false`)
    const plain = await tell()
    const crisis = await tell('After that I wanted to kill myself.')
    const graver = await tell()
    await db.query('update story_now set gravity = 5 where story = $1', [graver])
    expect((await queueOf(db)).map((w) => w.id)).toEqual([crisis, graver, plain])
    expect((await ownStory(db, crisis))?.crisis).toBe(true)
  })

  it('is found by service, place, theme, feeling, words and what became of it', async () => {
    const id = await tell('The lift was broken all week.')
    await act((tx) =>
      publishStory(tx, id, { themes: ['access', 'place'], gravity: 1, on }, moderator, store.clock),
    )
    const state = await now()
    const ids = async (filter: Parameters<typeof store.list>[1]) =>
      (await store.list(state, filter)).stories.map((s) => s.id)
    const right = { provider: 'C7', service: 'school', place: 'P1', theme: 'access' } as const
    const more = { feeling: 'ignored', q: 'LIFT was', became: 'no-reply' } as const
    expect(await ids({ ...right, ...more })).toEqual([id])
    for (const wrong of [
      { place: 'P2' },
      { theme: 'staff' },
      { q: '%' },
      { became: 'changed' },
    ] as const) {
      expect(await ids({ ...right, ...more, ...wrong })).toEqual([])
    }
    expect((await store.list(state, { size: 1, offset: 1 })).stories).toHaveLength(1)
  })

  it('is told of by letters: its teller, those who lead, those who moderate; nobody once forgotten', async () => {
    const grant = { from: '2020-01-01', why: 'a test' }
    for (const [who, role, scope, code] of [
      ['head@c7.example', 'lead', 'provider', 'C7'],
      ['head@c8.example', 'lead', 'provider', 'C8'],
      ['mod@p1.example', 'moderator', 'place', 'P1'],
      ['mod@p2.example', 'moderator', 'place', 'P2'],
    ]) {
      await grantRole(db, { ...grant, email: who, role, scope, code }, 'steward')
    }
    const id = await tell()
    await act(async (tx) => {
      await tellTeller(tx, place, id, 'published', 'Ansty\nSchool')
      await tellLeads(tx, place, { id, provider: 'C7' }, { name: 'Ansty School', due: 'Monday' })
      await tellModerators(tx, place, id, { provider: 'C7', places: ['P1', 'P'] })
    })
    await act((tx) => forgetTeller(tx, id))
    await act((tx) => tellTeller(tx, place, id, 'replied', 'Ansty School'))
    const letters = await unsentLetters(db)
    expect(letters.map((l) => l.address).sort()).toEqual([
      email,
      'head@c7.example',
      'mod@p1.example',
    ])
    const own = letters.find((l) => l.address === email)
    expect(own?.body).toMatch(/^https:\/\/plumbline\.example\/stories\/mine\?token=\S+$/m)
    expect(JSON.stringify(letters)).not.toContain('called back')
  })

  it('never changes in the database', async () => {
    for (const sql of [
      `update story set crisis = false`,
      'delete from story_act',
      `update story_words set happened = 'x'`,
      `update story_said set text = 'x'`,
      'truncate story_act cascade',
    ]) {
      await expect(db.query(sql)).rejects.toThrow('only ever added to')
    }
  })
})
