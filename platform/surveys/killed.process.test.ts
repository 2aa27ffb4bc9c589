import { describe, expect, it } from 'vitest'
import { testKinds } from '../database/testing.ts'
import { killPlace, serving } from '../killed-rounds.ts'
import { openSurvey } from './survey.ts'
import { Citizen } from './testing-citizen.ts'

const day = (more: number): string =>
  new Date(Date.now() + more * 86_400_000).toISOString().slice(0, 10)

/** How many answer at the same time. */
const citizens = 8
const rounds = 3

describe.each(testKinds)('a server killed while people answer, on %s', (kind) => {
  it('has every page and every answer that it said it has, once', {
    timeout: 240_000,
  }, async () => {
    const place = await killPlace(kind)
    const at = { ...place, env: { ...place.env, PLUMBLINE_EXAMPLE: 'off' } }
    try {
      const code = await at.opened(async (db) => {
        const id = await db.transaction((tx) =>
          openSurvey(tx, {
            ...{ title: 'Our schools', service: 'primary-school', providers: ['X1'] },
            ...{ opens: day(-1), closes: day(9), invented: false, role: 'steward' },
          }),
        )
        const [link] = await db.query<{ code: string }>(
          'select code from survey_link where survey = $1',
          [id],
        )
        return link?.code ?? ''
      })
      const saved = new Set<string>()
      const sent: string[] = []
      for (let round = 0; round < rounds; round++) {
        const server = await serving(at)
        let isDead = false
        const answerOn = async (n: number): Promise<void> => {
          for (let i = 0; !isDead; i++) {
            const citizen = new Citizen(server.address)
            const mark = `${round}-${n}-${i}`
            await citizen.comes(code)
            if ((await citizen.starts(code)).status !== 303) continue
            const page = await citizen.answers(1, { 'q-overall': '4' })
            if (page.status !== 303) continue
            const words = await citizen.answers(7, { 'q-better': mark })
            if (words.status !== 303) continue
            saved.add(mark)
            if ((await citizen.sends()).to.includes('/surveys/thanks')) sent.push(mark)
          }
        }
        const all = Array.from({ length: citizens }, (_, n) =>
          // The connection breaks where the server dies: nothing was said then.
          answerOn(n).catch(() => undefined),
        )
        const enough = 15 * (round + 1)
        // One that died before its time says so below, and not by waiting for ever.
        const { child } = server
        while (sent.length < enough && child.exitCode === null && child.signalCode === null)
          await new Promise((resolve) => setTimeout(resolve, 10))
        child.kill('SIGKILL')
        isDead = true
        await server.ended
        await Promise.all(all)
      }
      await at.opened(async (db) => {
        const texts = await db.query<{ text: string }>('select text from survey_text')
        const drafts = await db.query<{ text: string }>(
          `select answers->>'better' as text from survey_response where submitted_at is null`,
        )
        const sentThere = texts.map((t) => t.text)
        expect(new Set(sentThere).size).toBe(sentThere.length)
        expect(sent.length).toBeGreaterThanOrEqual(15 * rounds)
        expect(sent.filter((mark) => !sentThere.includes(mark))).toEqual([])
        const anywhere = new Set([...sentThere, ...drafts.map((d) => d.text)])
        expect([...saved].filter((mark) => !anywhere.has(mark))).toEqual([])
      })
    } finally {
      await place.remove()
    }
  })
})
