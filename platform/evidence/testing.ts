import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Series } from './columns.ts'
import { type Descriptor, statuses } from './descriptor.ts'
import { indicatorSchema } from './indicator.ts'
import { findDescriptor } from './match.ts'
import { readFile } from './read-file.ts'
import type { ReadResult } from './reading.ts'
import { type KnownSubjects, Subjects } from './subjects.ts'

/** One figure as it was handed on. */
export interface Figure {
  readonly subject: string
  readonly indicator: string
  readonly breakdown: string
  readonly period: string
  readonly status: string
  readonly value: number
}

export interface ReadFigures {
  readonly result: ReadResult
  readonly figures: readonly Figure[]
  readonly subjects: Subjects
}

/** A file of the given name and bytes in a folder of its own. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'plumbline-evidence-')), name)
  writeFileSync(path, content)
  return path
}

/** Reads a file by a descriptor, without a database, and keeps its figures. */
export async function readFigures(
  path: string,
  descriptor: Descriptor,
  known: KnownSubjects = { subjects: [], aliases: [] },
): Promise<ReadFigures> {
  const subjects = new Subjects(known)
  const figures: Figure[] = []
  const match = await findDescriptor(path, path.split('/').at(-1) ?? '', [descriptor])
  if (!match) throw new Error(`${descriptor.id} does not fit ${path}.`)
  const indicators = new Map(descriptor.indicators.map((i) => [i.code, indicatorSchema.parse(i)]))
  const write = async (all: readonly Series[]): Promise<void> => {
    for (const series of all) {
      for (let i = 0; i < series.length; i++) {
        figures.push({
          ...series.key,
          subject: subjects.get(series.subjects[i] as number)?.code ?? '',
          status: statuses[series.status[i] as number] as string,
          value: series.value[i] as number,
        })
      }
    }
  }
  const context = { descriptor, groups: match.groups, subjects, indicators, sink: { write } }
  return { result: await readFile(path, context), figures, subjects }
}

/** The rows of a simple CSV, without quotation marks, as JSON lines. */
export function asJsonLines(csv: string): string {
  const [header = [], ...rows] = csv.split('\n').map((line) => line.split(','))
  return rows
    .map((cells) => JSON.stringify(Object.fromEntries(header.map((h, i) => [h, cells[i]]))))
    .join('\n')
}
