import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Card, cardSchema, problemOf } from '../cards/card.ts'
import { type FairnessDeclaration, fairnessSchema } from '../fairness/declaration.ts'
import { correctionsFile, readCorrections } from '../replies/corrections-file.ts'
import type { CorrectionClock } from '../replies/deadline.ts'
import { problemOf as partProblem, type Standard, standardSchema } from '../standards/standard.ts'
import { storyDescriptors, storyIndicators } from '../stories/measures.ts'
import {
  replyStandard,
  type StoriesSettings,
  storiesFile,
  storiesSettingsSchema,
} from '../stories/stories-file.ts'
import { surveyDescriptors, surveyIndicators } from '../surveys/results-descriptor.ts'
import { type Study, studySchema } from '../value/study.ts'
import { type Descriptor, descriptorSchema } from './descriptor.ts'
import {
  chosenBy,
  type Indicator,
  indicatorSchema,
  type Service,
  serviceSchema,
} from './indicator.ts'

/** All that is known beforehand: kinds of file, indicators and services, as analysts wrote them. */
export interface Catalogue {
  readonly descriptors: readonly Descriptor[]
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly services: readonly Service[]
  readonly standards: ReadonlyMap<string, Standard>
  /** What is looked at for fairness, by the indicator's code. */
  readonly fairness: ReadonlyMap<string, FairnessDeclaration>
  readonly cards: ReadonlyMap<string, Card>
  readonly studies: ReadonlyMap<string, Study>
  /** By when a request for a correction is answered; left out for the usual. */
  readonly corrections?: CorrectionClock
  /** Who can be called, and what tellers of stories may expect. */
  readonly stories?: StoriesSettings
}

/** Our own folder of the catalogue. */
const own = import.meta.dirname

/** A file of the catalogue does not say what it should; the sentence names the file and the place. */
export class CatalogueError extends Error {}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (error instanceof z.ZodError) {
      const issue = error.issues[0]
      throw new CatalogueError(`${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`)
    }
    throw new CatalogueError(`${path}: ${(error as Error).message}`)
  }
}

/** What an operator's folder may hold: any one is enough. */
const parts: readonly string[] = [
  'services.json',
  'indicators',
  'sources',
  'standards',
  'fairness',
  'cards',
  'studies',
  correctionsFile,
  storiesFile,
]

/**
 * The folders of an operator's own catalogue: the one that is set, or `catalogue` within the data
 * folder where there is one, or none.
 * Throws CatalogueError where the folder that is set is not there or holds nothing of a catalogue.
 * @example operatorsFolders({ catalogue: null, data: '/srv/plumbline' }) // [] on a fresh machine
 */
export function operatorsFolders(settings: {
  readonly catalogue: string | null
  readonly data: string
}): string[] {
  if (settings.catalogue === null) {
    const usual = join(settings.data, 'catalogue')
    return existsSync(usual) ? [usual] : []
  }
  const folder = settings.catalogue
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CatalogueError(`PLUMBLINE_CATALOGUE names ${folder}, and there is no such folder.`)
  }
  if (!parts.some((part) => existsSync(join(folder, part)))) {
    throw new CatalogueError(
      `PLUMBLINE_CATALOGUE names ${folder}, which holds none of ${parts.join(', ')}.`,
    )
  }
  return [folder]
}

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

/**
 * The files of a catalogue's folder. Ours that declare what a domain judges by lie in that domain's
 * folder; an operator's all lie in one.
 */
function filesOf(folder: string) {
  const of = (domain: string, name: string): string[] =>
    jsonFiles(join(folder === own ? join(own, '..', domain) : folder, name))
  return {
    indicators: jsonFiles(join(folder, 'indicators')),
    sources: jsonFiles(join(folder, 'sources')),
    standards: of('standards', 'standards'),
    fairness: of('fairness', 'fairness'),
    cards: of('cards', 'cards'),
    studies: of('value', 'studies'),
    services: jsonFiles(folder).filter((path) => path.endsWith('services.json')),
    corrections: jsonFiles(folder).filter((path) => path.endsWith(correctionsFile)),
    stories: (folder === own ? of('stories', '.') : jsonFiles(folder)).filter((path) =>
      path.endsWith(storiesFile),
    ),
  }
}

/**
 * Reads and checks the catalogue: Plumbline's own folder, then any others (the example area's, an
 * operator's). A code that stands twice, or an indicator that a source names and nobody describes,
 * is refused. Throws CatalogueError.
 */
export function loadCatalogue(others: readonly string[] = []): Catalogue {
  const descriptors = new Map<string, Descriptor>()
  const indicators = new Map<string, Indicator>()
  const services = new Map<string, Service>()
  const standards = new Map<string, Standard>()
  const fairness = new Map<string, FairnessDeclaration>()
  const cards = new Map<string, Card>()
  const studies = new Map<string, Study>()
  let corrections: CorrectionClock | null = null
  let stories: StoriesSettings = {}
  const put = <T>(map: Map<string, T>, key: string, value: T, path: string): void => {
    if (map.has(key)) throw new CatalogueError(`${path}: "${key}" is described twice.`)
    map.set(key, value)
  }
  for (const folder of [own, ...others]) {
    const files = filesOf(folder)
    for (const path of files.indicators) {
      for (const i of readJson(path, z.array(indicatorSchema))) put(indicators, i.code, i, path)
    }
    for (const path of files.sources) {
      const d = readJson(path, descriptorSchema)
      put(descriptors, d.id, d, path)
      for (const i of d.indicators) put(indicators, i.code, i, path)
    }
    for (const path of files.standards) {
      for (const s of readJson(path, z.array(standardSchema))) put(standards, s.code, s, path)
    }
    for (const path of files.fairness) {
      for (const f of readJson(path, z.array(fairnessSchema))) {
        for (const code of f.indicators) put(fairness, code, f, path)
      }
    }
    for (const path of files.cards) {
      const card = readJson(path, cardSchema)
      put(cards, card.code, card, path)
    }
    for (const path of files.studies) {
      for (const s of readJson(path, z.array(studySchema))) put(studies, s.code, s, path)
    }
    for (const path of files.corrections) {
      corrections = clockIn(path)
    }
    for (const path of files.stories) {
      // What an area does not say stays as it was.
      stories = { ...stories, ...readJson(path, storiesSettingsSchema) }
    }
    for (const path of files.services) {
      for (const s of readJson(path, z.array(serviceSchema))) put(services, s.code, s, path)
    }
  }
  // What people tell and answer of each service is counted, and published as any other file is.
  for (const s of services.values()) {
    for (const i of [...storyIndicators(s), ...surveyIndicators(s)])
      put(indicators, i.code, i, s.code)
    for (const d of [...storyDescriptors(s), ...surveyDescriptors(s)])
      put(descriptors, d.id, d, s.code)
    const entitled = replyStandard(s, stories)
    if (entitled) put(standards, entitled.code, entitled, s.code)
  }
  for (const d of descriptors.values()) {
    if (d.service !== null && !services.has(d.service)) {
      throw new CatalogueError(
        `The source ${d.id} is of the service "${d.service}", which no services.json describes.`,
      )
    }
    for (const { indicator } of d.observations) {
      if (!indicator.includes('{') && !indicators.has(indicator)) {
        throw new CatalogueError(`The source ${d.id} names "${indicator}", which nobody describes.`)
      }
    }
  }
  for (const s of standards.values()) {
    if (!services.has(s.service)) {
      throw new CatalogueError(
        `The standard ${s.code} is of the service "${s.service}", which no services.json describes.`,
      )
    }
  }
  for (const s of standards.values()) {
    const problem = partProblem(s, standards)
    if (problem) throw new CatalogueError(`The standard ${s.code} ${problem}.`)
  }
  for (const [where, code] of [
    ...[...standards.values()].map((s) => [`The standard ${s.code}`, s.indicator] as const),
    ...[...fairness.keys()].map((code) => ['A declaration of fairness', code] as const),
  ]) {
    const selected = indicators.get(code)?.selected
    if (selected === undefined) continue
    throw new CatalogueError(
      `${where} is about "${code}", which counts ${chosenBy[selected]}: nobody is judged by it.`,
    )
  }
  for (const card of cards.values()) {
    const problem = services.has(card.service)
      ? problemOf(card, indicators)
      : `is of the service "${card.service}", which no services.json describes`
    if (problem) throw new CatalogueError(`The report card ${card.code} ${problem}.`)
  }
  for (const s of studies.values()) {
    if (!services.has(s.service)) {
      throw new CatalogueError(
        `The study ${s.code} is of the service "${s.service}", which no services.json describes.`,
      )
    }
  }
  return {
    descriptors: [...descriptors.values()],
    indicators,
    services: [...services.values()],
    standards,
    fairness,
    cards,
    studies,
    stories,
    ...(corrections ? { corrections } : {}),
  }
}

function clockIn(path: string): CorrectionClock {
  const found = readCorrections(path)
  if (typeof found === 'string') throw new CatalogueError(`${path}: ${found}`)
  return found
}

/**
 * Changes whenever a file of the catalogue's folders is added, changed or removed, and is told without
 * reading them.
 */
export function catalogueStamp(others: readonly string[]): string {
  const files = [own, ...others].flatMap((folder) => Object.values(filesOf(folder)).flat())
  return files
    .map((path) => {
      const { mtimeMs, size, ino } = statSync(path)
      return `${path} ${mtimeMs} ${size} ${ino}`
    })
    .join('\n')
}
