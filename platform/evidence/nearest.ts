import type { Descriptor } from './descriptor.ts'
import { asCsvName } from './json-lines.ts'
import { Headers } from './match.ts'

interface Likeness {
  readonly descriptor: Descriptor
  readonly nameFits: boolean
  /** Columns that such files have, and which of them this one lacks. */
  readonly asked: number
  readonly missing: readonly string[]
}

/** Columns that tell one kind of file from another: two such as "code" and "name" do not. */
const telling = 3

/**
 * Says of a file that no descriptor fits which kind of file it looks most like, what keeps it from
 * being one, and what to do if it is none.
 */
export async function explainUnmatched(
  path: string,
  name: string,
  descriptors: readonly Descriptor[],
): Promise<string> {
  const headers = new Headers(path)
  let best: Likeness | null = null
  for (const descriptor of descriptors) {
    // An unknown file must not be taken for an invented one.
    if (descriptor.kind !== 'table' || descriptor.invented) continue
    const header = await headers.columns(descriptor)
    const like = header && likeness(descriptor, name, header)
    if (like && (best === null || score(like) > score(best))) best = like
  }
  const describe = `run \`plumbline describe ${name}\``
  if (best === null)
    return `No descriptor fits this file, nor nearly so. To draft one, ${describe}.`
  return `No descriptor fits this file. ${sentence(best)} If it is another kind of file, ${describe}.`
}

/**
 * Says of a file what keeps it from being of the kind that somebody named: its name, the columns that it
 * lacks, or its encoding.
 */
export async function explainUnfit(
  path: string,
  name: string,
  descriptor: Descriptor,
): Promise<string> {
  const kind = `${descriptor.title} (${descriptor.id})`
  if (descriptor.kind === 'boundaries') {
    return `This file is not one of ${kind}: such files are GeoJSON named like ${descriptor.match.name}.`
  }
  const header = await new Headers(path).columns(descriptor)
  if (header === null) {
    return `This file is not one of ${kind}: its text is not ${descriptor.encoding}.`
  }
  const { nameFits, missing } = compared(descriptor, name, header)
  const why = [
    ...(missing.length > 0 ? [lacks(missing)] : []),
    ...(nameFits
      ? []
      : [`it is named ${name}, and such files are named like ${descriptor.match.name}`]),
  ]
  return `This file is not one of ${kind}: ${why.join('; ')}.`
}

function likeness(
  descriptor: Descriptor,
  name: string,
  header: ReadonlySet<string>,
): Likeness | null {
  const like = compared(descriptor, name, header)
  const { asked, missing, nameFits } = like
  const present = asked - missing.length
  const near = missing.length === 0 ? present >= telling : present >= 2 && present >= missing.length
  return near || (nameFits && asked > 0) ? like : null
}

/** What of a kind of file a header and a name have. */
function compared(descriptor: Descriptor, name: string, header: ReadonlySet<string>): Likeness {
  const names = new Map(descriptor.fields.map((f) => [f.name, [f.name, ...(f.aliases ?? [])]]))
  const asked = new Set([
    ...descriptor.match.columns,
    ...descriptor.fields.filter((f) => !f.optional).map((f) => f.name),
  ])
  const missing = [...asked].filter((c) => !(names.get(c) ?? [c]).some((n) => header.has(n.trim())))
  const nameFits = new RegExp(descriptor.match.name).test(asCsvName(name))
  return { descriptor, nameFits, asked: asked.size, missing }
}

/** The share of columns that are there, where a name that fits counts as two more. */
function score({ asked, missing, nameFits }: Likeness): number {
  return (asked - missing.length + (nameFits ? 2 : 0)) / (asked + 2)
}

function sentence({ descriptor, missing }: Likeness): string {
  const kind = `${descriptor.title} (${descriptor.id})`
  if (missing.length === 0) {
    return `It has the columns of ${kind} but not its name: such files are named like ${descriptor.match.name}.`
  }
  return `It looks most like ${kind}: ${lacks(missing)}.`
}

function lacks(missing: readonly string[]): string {
  const all = missing.map((c) => `"${c}"`).join(', ')
  return missing.length === 1 ? `the column ${all} is missing` : `the columns ${all} are missing`
}
