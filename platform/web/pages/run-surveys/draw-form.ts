import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { usualDraw } from '../../../surveys/draw.ts'
import { strangeness } from '../../../uploads/receive.ts'
import { fileOf, readFields } from '../../form-of-file.ts'
import { field } from '../../forms.ts'
import type { FormPlace } from '../../people-door.ts'
import type { Fault } from '../../sent-form.ts'
import { running } from './survey-at.ts'

const names = ['frame', 'replies', 'rate', 'months'] as const
/** What is typed where a sample is drawn from a list. */
export type Typed = Readonly<Record<(typeof names)[number], string>>

export const untyped: Typed = { frame: '', ...usualDraw }

export const typedOf = (request: FastifyRequest): Typed =>
  Object.fromEntries(names.map((n) => [n, field(request, n)])) as Typed

/** The largest file of a list, in bytes: longer ones would keep pages waiting while they are read. */
const mostBytes = 4_000_000
const tooLarge = `The file is larger than ${mostBytes / 1_000_000} MB. Whoever runs this Plumbline can draw from a longer list: plumbline surveys invite, or letters.`

/** Has the forms of these routes bring a list as a file, after their fields. */
export async function takesLists(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fields: 10, fieldSize: 64_000, files: 1, fileSize: mostBytes, parts: 12 },
  })
}

/** The setting of a route that takes a list, for roles that reach the survey's service. */
export const takingLists = (place: FormPlace) => ({
  ...running(place),
  preValidation: (request: FastifyRequest, reply: FastifyReply) => readFields(request, reply),
})

/**
 * The list of a form: its file, or else what was pasted. It becomes a field of the form like any other, so that the
 * same form with another file is another form.
 * @returns the list, or what is wrong with its file.
 */
export async function listOf(request: FastifyRequest): Promise<string | Fault> {
  const sent = fileOf(request)
  if (sent === null || sent.fileName === '') return field(request, 'frame')
  const wrong = (sentence: string): Fault => ({ field: 'list', sentence, status: 400 })
  const chunks: Buffer[] = []
  for await (const chunk of sent.file) chunks.push(chunk as Buffer)
  if ((sent.file as { truncated?: boolean }).truncated) return wrong(tooLarge)
  const bytes = Buffer.concat(chunks)
  const strange = strangeness(bytes.subarray(0, 4096))
  if (strange !== null) return wrong(strange)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    Object.assign(request.body as object, { frame: text })
    return text
  } catch {
    return wrong('The file is not in UTF-8. Save it as CSV in UTF-8.')
  }
}

/** A fault of the list, beside the field that brought it. */
export const atList = (request: FastifyRequest, fault: Fault): Fault =>
  fault.field === 'frame' && (fileOf(request)?.fileName ?? '') !== ''
    ? { ...fault, field: 'list' }
    : fault
