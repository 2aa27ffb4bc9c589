import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePackage } from '../../platform/downloads/make.ts'
import {
  attackProvider,
  seenAsTold,
  seenExactly,
  type TrueAnswers,
} from '../../platform/surveys/attack-parts-seen.ts'
import { countAnswers } from '../../platform/surveys/count-answers.ts'
import { publishedShare } from '../../platform/surveys/published-share.ts'
import { listSurveys } from '../../platform/surveys/survey.ts'
import { type FramePart, framesOf } from '../../platform/surveys/weighted.ts'
import { buildServer } from '../../platform/web/server.ts'
import { openAldermere } from './testing.ts'

/** What people of one practice answered in one survey, whose sample was drawn by age. */
interface Asked {
  readonly provider: string
  /** The month in which it closed. */
  readonly period: string
  readonly parts: readonly FramePart[]
  readonly truth: readonly TrueAnswers[]
}

/** A figure as anybody may read it. */
interface Served {
  readonly indicator: string
  readonly period: string
  readonly code: string
  readonly status: string
  readonly value: number | null
  readonly lower95: number | null
  readonly upper95: number | null
  readonly numerator: number | null
  readonly denominator: number | null
}

const prefix = 'survey-general-practice-'
const few = (n: number): boolean => n > 0 && n < 5

describe('weighted shares of practices, whose patients were asked by age', () => {
  let opened: Awaited<ReturnType<typeof openAldermere>>
  let app: FastifyInstance
  let asked: Asked[]
  let served: Served[]
  beforeAll(async () => {
    opened = await openAldermere()
    app = await buildServer({
      ...{ reader: opened.reader, logLevel: 'silent', example: 'invented' },
      ready: async () => true,
    })
    asked = await everybodyAsked(opened.db)
    const practices = [...new Set(asked.map((a) => a.provider))]
    const all = await Promise.all(practices.map(servedOf))
    served = all.flat()
  })
  afterAll(async () => {
    await app.close()
    await opened.db.close()
  })

  /** Everything that the API says of a practice's samples. */
  async function servedOf(code: string): Promise<Served[]> {
    const { series } = (await app.inject(`/providers/${code}.json`)).json()
    return series.flatMap(({ indicator, figures }: { indicator: string; figures: [] }) =>
      indicator.startsWith(prefix) && !/-(open|appointment)$/.test(indicator)
        ? figures.map(({ limits, ...f }: Record<string, unknown> & { limits: Served | null }) => ({
            ...{ ...f, indicator, code },
            ...{ lower95: limits?.lower95 ?? null, upper95: limits?.upper95 ?? null },
          }))
        : [],
    )
  }

  it('were told part by part once, by counts beside a share of four decimals', () => {
    const found = asked.map(({ parts, truth }) =>
      attackProvider(
        parts,
        truth,
        truth.filter((t) => !isFew(t)).map((t) => seenExactly(parts, t)),
      ),
    )
    expect(found).toHaveLength(80)
    expect(found.filter((f) => f.knowsAll).length).toBeGreaterThan(60)
    expect(found.filter((f) => f.leaks.length > 0).length).toBeGreaterThan(60)
  })

  it('tell of no 1 to 4 people of an age, whoever tries all that may be', () => {
    let small = 0
    for (const { provider, period, parts, truth } of asked) {
      const seen = truth.flatMap((t) => {
        const figure = served.find(
          (s) => s.code === provider && s.period === period && s.indicator === `${prefix}${t.key}`,
        )
        const { value = null, denominator = null } = figure ?? {}
        if (value === null || denominator === null) return []
        return [seenAsTold(parts, t, { percent: value, worth: denominator })]
      })
      const found = attackProvider(parts, truth, seen)
      expect(found.leaks, `${provider} in ${period}`).toEqual([])
      small += found.small
    }
    expect(small).toBeGreaterThan(300)
  })

  it('are served without counts, and with limits that say nothing else', () => {
    const shown = served.filter((s) => s.status === 'value')
    expect(served).toHaveLength(640)
    expect(shown.length).toBeGreaterThan(500)
    for (const { value, denominator, lower95, upper95, numerator } of shown) {
      expect(numerator).toBeNull()
      const told = { percent: value ?? -1, worth: denominator ?? -1 }
      expect(publishedShare(told)).toEqual({ ...told, lower95, upper95 })
    }
    const hidden = served.filter((s) => s.status !== 'value')
    const none = { value: null, lower95: null, upper95: null, numerator: null, denominator: null }
    for (const figure of hidden) expect(figure).toMatchObject({ ...none, status: 'suppressed' })
  })

  it('have no counts in the table, the API and the files of everybody', async () => {
    const code = `${prefix}overall`
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-weighted-'))
    const { db, catalogue, reader } = opened
    await makePackage({ db, catalogue, shipped: catalogue, state: await reader.state() }, folder)
    const files = readdirSync(join(folder, 'figures')).map((f) =>
      readFileSync(join(folder, 'figures', f), 'utf8'),
    )
    rmSync(folder, { recursive: true, force: true })
    const table = (await app.inject(`/indicators/${code}.csv`)).body
    const rowsOf = (text: string): Row[] => parse(text, { columns: true })
    const packaged = files.flatMap(rowsOf).filter((r) => r.indicator === code)
    const api = (await app.inject(`/api/v1/observations?indicator=${code}&limit=100`)).json().data
    expect([packaged, rowsOf(table), api].map((all) => all.length)).toEqual([80, 40, 80])
    for (const { numerator } of [...packaged, ...rowsOf(table)]) expect(numerator).toBe('')
    for (const row of api) expect(row).toMatchObject({ numerator: null, countsRoundedTo: 5 })
    const page = (await app.inject(`/providers/${api[0].code}`)).body
    expect(page).toContain('because the share is weighted')
  })
})

type Row = Readonly<Record<string, string>>

const isFew = ({ answered, satisfied }: TrueAnswers): boolean => {
  const [all = 0, those = 0] = [answered, satisfied].map((c) => c.reduce((a, b) => a + b, 0))
  return all < 5 || few(those) || few(all - those)
}

async function everybodyAsked(
  db: Awaited<ReturnType<typeof openAldermere>>['db'],
): Promise<Asked[]> {
  const found: Asked[] = []
  for (const survey of await listSurveys(db)) {
    const frames = await framesOf(db, survey.id)
    const counted = (await countAnswers(db, survey)).filter((c) => c.who === 'sample')
    for (const [provider, own] of Map.groupBy(counted, (c) => c.provider)) {
      const parts = frames.filter((f) => f.provider === provider)
      if (parts.length < 2) continue
      const truth = own.map(({ part, strata }): TrueAnswers => {
        const of = (name: 'answered' | 'satisfied') =>
          parts.map((p) => strata.find((s) => s.stratum === p.stratum)?.[name] ?? 0)
        return { key: part, answered: of('answered'), satisfied: of('satisfied') }
      })
      found.push({ provider, period: survey.closes.slice(0, 7), parts, truth })
    }
  }
  return found
}
