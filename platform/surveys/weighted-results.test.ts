import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/database.ts'
import { testDatabases } from '../database/testing.ts'
import type { Catalogue } from '../evidence/catalogue.ts'
import { clinicRows, clinics, importAndPublish, prepare, writeFile } from '../publishing/testing.ts'
import { makeReader } from '../reader.ts'
import { standard } from './instrument.ts'
import { countSurvey } from './results.ts'
import { surveyDescriptors, surveyIndicators } from './results-descriptor.ts'
import { resultsFile } from './results-file.ts'
import type { Answers } from './routing.ts'
import { findSurvey, openSurvey, type Survey } from './survey.ts'
import { takeAll } from './testing-answers.ts'

const [service] = clinics.services
const catalogue: Catalogue = {
  ...clinics,
  descriptors: [...clinics.descriptors, ...(service ? surveyDescriptors(service) : [])],
  indicators: new Map([
    ...clinics.indicators,
    ...(service ? surveyIndicators(service).map((i) => [i.code, i] as const) : []),
  ]),
}
const counting = { role: 'steward', day: '2024-01-01', leaveOut: false }
const columns = 'provider,who,part,percent,lower95,upper95,satisfied,answered,weighted,worth,status'

describe.each(testDatabases())(
  'results of a sample that was drawn in parts on $kind',
  ({ open }) => {
    let db: Database
    let survey: Survey

    beforeAll(async () => {
      db = await prepare(await open())
      await importAndPublish(db, catalogue, [writeFile('clinics-2024.csv', clinicRows())])
      survey = await opened(['C101', 'C102'])
      // Of the first three old people are content, of 20 young ones half.
      await answered('C101', 'young', 20, (i) => (i < 10 ? '4' : '1'))
      await answered('C101', 'old', 10, (i) => (i < 3 ? '5' : '2'))
      // Of the second all are content but one old person.
      await answered('C102', 'young', 20, () => '4')
      await answered('C102', 'old', 10, (i) => (i < 9 ? '5' : '2'))
    })
    afterAll(() => db.close())

    async function opened(providers: string[]): Promise<Survey> {
      const id = await db.transaction((tx) =>
        openSurvey(tx, {
          ...{ title: 'Our clinics', service: 'clinic', providers, invented: false },
          ...{ opens: '2020-01-01', closes: '2020-06-30', role: 'steward' },
        }),
      )
      await db.query(
        `insert into survey_frame (survey, provider, stratum, people, invited)
       select $1, p, s, n, i from unnest($2::text[]) as of (p),
         (values ('young', 700, 40), ('old', 300, 20)) as part (s, n, i)`,
        [id, providers],
      )
      return (await findSurvey(db, id)) as Survey
    }

    async function answered(
      provider: string,
      stratum: string,
      many: number,
      overall: (i: number) => string,
      of = survey,
    ): Promise<void> {
      for (let i = 0; i < many; i++) {
        const id = randomUUID()
        const answers: Answers = { overall: overall(i) }
        const own = { id, survey: of.id, provider, answers } as const
        await takeAll(db, standard, { ...own, way: 'letter', language: 'en' })
        await db.query(
          `with invited as (
           insert into survey_invitation (survey, provider, code_hash, stratum, way)
           values ($1, $2, $3, $4, 'letter') returning id)
         update survey_response set invitation = (select id from invited) where id = $5`,
          [of.id, provider, id, stratum, id],
        )
      }
    }

    const count = (of: Survey, how = counting) => db.transaction((tx) => countSurvey(tx, of, how))

    it('are whole per cent and what the answers are worth, and have no counts in the file itself', async () => {
      const { text } = await resultsFile(db, survey)
      expect(text.split('\n')).toEqual([
        columns,
        // 0.7 of a half and 0.3 of three in ten; Kish's 29.9 answers, by Student's t worth 27.3.
        'C101,sample,overall,44,26,64,,,yes,25,value',
        'C102,sample,overall,,,,,,yes,,suppressed',
        '',
      ])
    })

    it('stay as they were first told, whoever answers late', async () => {
      const before = await count(survey)
      await answered('C101', 'old', 1, () => '5')
      await answered('C102', 'young', 9, () => '1')
      const after = await count(survey)
      expect(after.text).toBe(before.text)
      expect((await resultsFile(db, survey)).text).toBe(before.text)
      await expect(
        db.query('update survey_told_share set percent = 50 where percent is not null'),
      ).rejects.toThrow()
    })

    it('take the place of figures that were told with their counts, and nothing else is public', async () => {
      const { name, text } = await resultsFile(db, survey)
      const once = `${columns}\nC101,sample,overall,44,27.1234,62.4321,13,30,no,,value\n`
      await importAndPublish(db, catalogue, [writeFile(name, once)])
      const reader = makeReader(db, catalogue)
      const figureOf = async (code: string) =>
        (await reader.subject(await reader.state(), code))?.series
          .find((s) => s.indicator === 'survey-clinic-overall')
          ?.figures.at(-1)
      expect(await figureOf('C101')).toMatchObject({ numerator: 13, denominator: 30 })
      const { accepted } = await importAndPublish(db, catalogue, [writeFile(name, text)])
      expect(accepted).toBe(true)
      expect(await figureOf('C101')).toMatchObject({
        ...{ period: '2020-06', value: 44, status: 'value', numerator: null, denominator: 25 },
        limits: { lower95: 26, upper95: 64, method: 'published-weighted' },
      })
      expect(await figureOf('C102')).toMatchObject({
        ...{ value: null, status: 'suppressed', limits: null, numerator: null, denominator: null },
      })
    })

    it('are refused where a file gives no counts and does not call them weighted', async () => {
      const name = 'survey-clinic-2020-07-s900.csv'
      const wrong = `${columns}\nC101,sample,overall,44,25,65,,,no,,value\n`
      await expect(importAndPublish(db, catalogue, [writeFile(name, wrong)])).rejects.toThrow(
        'has no counts',
      )
    })

    it('are refused where nobody of a part answered, or left out on request', async () => {
      const silent = await opened(['C103', 'C104'])
      await answered('C103', 'young', 20, (i) => (i < 10 ? '4' : '1'), silent)
      await answered('C104', 'young', 20, (i) => (i < 10 ? '4' : '1'), silent)
      await answered('C104', 'old', 10, (i) => (i < 5 ? '4' : '1'), silent)
      await expect(count(silent)).rejects.toThrow('nobody of “old” answered')
      const { text } = await count(silent, { ...counting, leaveOut: true })
      expect(text).not.toContain('C103')
      expect(text).toContain('C104,sample,overall,50,')
      // Whom it left out another survey of the same month may have; nobody's place is taken.
      const other = await opened(['C103'])
      await answered('C103', 'young', 20, (i) => (i < 10 ? '4' : '1'), other)
      await answered('C103', 'old', 10, (i) => (i < 5 ? '4' : '1'), other)
      const tried = db.transaction(async (tx) => {
        const { text } = await countSurvey(tx, other, counting)
        // Not kept, since the first is counted once more below.
        throw new Error(text)
      })
      await expect(tried).rejects.toThrow('C103,sample,overall,')
      // Counted again it says nothing of the one that was left out.
      await answered('C103', 'old', 10, () => '4', silent)
      expect(
        (await count(silent)).text.split('\n').filter((l) => l.includes(',value')),
      ).toHaveLength(1)
    })
  },
)
