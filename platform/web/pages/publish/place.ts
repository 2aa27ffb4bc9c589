import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Viewer } from '../../../people/roles.ts'
import { type Act, type Answer, allowed, type Thing } from '../../../people/rules.ts'
import { providersOf } from '../../../uploads/reach.ts'
import type { Upload } from '../../../uploads/upload.ts'
import type { Uploads } from '../../../uploads/uploads.ts'
import type { FormPlace } from '../../people-door.ts'

/** What the pages of publishing are made from. */
export interface PublishPlace extends FormPlace {
  readonly uploads: Uploads
}

/** The number of the file in an address, without an ending; null where it is none. */
export function idOf(request: FastifyRequest): string | null {
  const { code = '' } = request.params as { code?: string }
  return z.uuid().safeParse(code.replace(/\.json$/, '')).data ?? null
}

/** What a role must reach to touch a file; null as long as nobody knows what the file is about. */
export function thingOf({
  descriptor,
  service,
}: Pick<Upload, 'descriptor' | 'service'>): Thing | null {
  if (descriptor === null) return null
  return service === null ? {} : { service }
}

/**
 * May the viewer touch this file? As long as nobody knows what it is about, no role but a steward's says so:
 * it is there for whoever handed it in, and for stewards of everything: it may be of any service.
 */
export function reaches(viewer: Viewer, act: Act, upload: Upload): Answer {
  const answer = allowed(viewer, act, thingOf(upload))
  const isOwn = upload.person !== null && upload.person === viewer.person?.id
  if (!answer.yes || upload.descriptor !== null || isOwn) return answer
  const grants = viewer.grants.filter((g) => g.role === 'steward')
  if (allowed({ ...viewer, grants }, act, {}).yes) return answer
  const why =
    'Until it is said what this file is about, only whoever handed it in and stewards of everything here see it.'
  return { yes: false, why, grant: null }
}

/**
 * May the viewer publish this file? A role of one service does not reach what is said of providers of another: a
 * file can have anybody's code in it.
 */
export async function mayPublish(
  { door, reader }: PublishPlace,
  viewer: Viewer,
  upload: Upload,
): Promise<Answer> {
  const act = 'publish-release'
  const answer = allowed(viewer, act, thingOf(upload))
  if (!answer.yes || upload.release === null || allowed(viewer, act, {}).yes) return answer
  const all = await providersOf(door.people.db, upload.release)
  const elsewhere = all.find(({ service }) => !allowed(viewer, act, { service }).yes)
  if (!elsewhere) return answer
  const { count, name, service } = elsewhere
  const called = reader.service(service)?.name ?? service
  const whom = count === 1 ? `${name} (${called})` : `${count} of ${called}, such as ${name}`
  const why = `It is about providers of another service too: ${whom}. Only who may publish for that service, or for everything, can publish it.`
  return { yes: false, why, grant: null }
}
