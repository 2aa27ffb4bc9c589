import type { ReleaseRow } from '../comparison/figures.ts'
import type { Reader, State } from '../comparison/reader.ts'
import { descriptorId } from '../surveys/results-descriptor.ts'
import type { Survey } from '../surveys/survey.ts'

/**
 * The release that holds a survey's figures; null while none does.
 * @param state left out, as of now.
 */
export async function releaseOf(
  reader: Reader,
  { id, service, invented }: Pick<Survey, 'id' | 'service' | 'invented'>,
  state?: State,
): Promise<ReleaseRow | null> {
  const dataset = descriptorId(service, invented)
  const all = await reader.releases(state ?? (await reader.state()), { dataset })
  return all.find((r) => r.part === `s${id}` && r.status === 'published') ?? null
}
