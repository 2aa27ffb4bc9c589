import type { FastifyRequest } from 'fastify'
import type { Thing } from '../people/rules.ts'
import { type Matter, matterKinds } from '../replies/matter.ts'
import type { FormPlace } from './people-door.ts'
import { text } from './query.ts'
import { BadRequest } from './refusals.ts'

/** A part of an address, as it was meant. */
export function partOf(request: FastifyRequest, name: string): string {
  const { params } = request
  const part =
    params !== null && typeof params === 'object'
      ? Object.getOwnPropertyDescriptor(params, name)?.value
      : ''
  const found = text.safeParse(part)
  if (!found.success) throw new BadRequest('The address holds characters that cannot be typed.')
  return found.data
}

/** The provider that an address names, as far as a role's reach depends on it, and what it is called. */
export const providerThing =
  ({ reader }: Pick<FormPlace, 'reader'>) =>
  async (request: FastifyRequest): Promise<Thing> => {
    const provider = partOf(request, 'code')
    const name = (await reader.subject(await reader.state(), provider))?.name
    return name === undefined ? { provider } : { provider, name: `${name} (${provider})` }
  }

/** What `/providers/:code/…/:kind/:about` names; null where there is no such kind. */
export function matterOf(request: FastifyRequest): Matter | null {
  const kind = matterKinds.find((k) => k === partOf(request, 'kind'))
  if (!kind) return null
  return { provider: partOf(request, 'code'), kind, about: partOf(request, 'about') }
}
