import { basename } from 'node:path'
import { type CheckReport, type Finding, Findings } from './checks.ts'
import { makePlan } from './plan.ts'
import type { ReadContext, ReadResult, Sink } from './reading.ts'
import { RowReader } from './row-reader.ts'
import { type ParsedRow, readRows, type SourceFile } from './rows.ts'

/** How many observations are held before they are written: bounds the memory whatever the file. */
const held = 600_000

/**
 * Reads one file by its descriptor: checks every row, registers who it is about and hands on its
 * observations. Rows read = accepted + refused, always; a refused row adds nothing at all.
 * Throws MissingColumns, EncodingError and the file system's own errors.
 */
export async function readFile(path: string, context: ReadContext): Promise<ReadResult> {
  const { descriptor, groups } = context
  const findings = new Findings()
  let reader: RowReader | null = null
  let source: SourceFile | null = null
  for await (const item of readRows(path, descriptor)) {
    context.signal?.throwIfAborted()
    if (!Array.isArray(item)) {
      source = item
      continue
    }
    const rows: ParsedRow[] = reader ? item : item.slice(1)
    if (!reader) {
      const plan = makePlan(descriptor, item[0]?.cells ?? [], groups)
      reader = new RowReader(plan, context, findings)
      for (const row of source?.above?.() ?? []) findings.add('note', leftOut(row))
    }
    for (const row of rows) reader.read(row)
    if (reader.figures.held >= held) await flush(reader, context.sink)
    if (source) context.onProgress?.(source.read(), source.bytes, reader.rowsRead)
  }
  if (!reader || !source) throw new EmptyFile()
  reader.finish()
  await flush(reader, context.sink)
  return result(path, source, reader, findings, context)
}

/** A line that stands above the header: a title, or where the figures come from. */
const leftOut = ({ line, cells }: ParsedRow): Finding => ({
  line,
  column: null,
  value: cells.filter((cell) => cell.trim() !== '').join(' '),
  rule: 'above',
  sentence: 'It stands above the line that names the columns, and is left out.',
})

/** The file has no header. */
export class EmptyFile extends Error {
  constructor() {
    super('The file is empty: it has no header and no rows.')
  }
}

async function flush(reader: RowReader, sink: Sink): Promise<void> {
  const full = [...reader.figures.series.values()].filter((s) => s.length > 0)
  await sink.write(full)
  for (const series of full) series.clear()
  reader.figures.held = 0
}

function result(
  path: string,
  source: SourceFile,
  reader: RowReader,
  findings: Findings,
  context: ReadContext,
): ReadResult {
  const { descriptor, groups } = context
  const part = descriptor.part === undefined ? null : (groups[descriptor.part] ?? null)
  const report: CheckReport = {
    file: basename(path),
    descriptor: descriptor.id,
    period: reader.periodLabel(),
    sha256: source.sha256(),
    bytes: source.bytes,
    rowsRead: reader.rowsRead,
    rowsAccepted: reader.rowsRead - reader.rowsRefused,
    rowsRefused: reader.rowsRefused,
    observations: reader.figures.observations,
    columns: reader.columns,
    rules: findings.rules(),
  }
  return {
    report,
    period: reader.periodLabel(),
    part,
    descriptions: reader.subjects.descriptions,
    refused: reader.refused,
    drafted: reader.figures.drafted(),
    childOf: reader.subjects.childOf,
  }
}
