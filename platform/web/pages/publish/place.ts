import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Thing } from '../../../people/rules.ts'
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
