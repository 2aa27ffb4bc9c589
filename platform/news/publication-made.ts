import { z } from 'zod'
import type { JobKind } from '../jobs/kind.ts'

/** A publication counts from now on: whoever asked to be told is told. Asked for as it is made. */
export const publicationMade: JobKind<{ publication: number }> = {
  name: 'publication-made',
  data: z.object({ publication: z.int().min(1) }),
  retries: 20,
  wait: 5,
  longestWait: 3600,
  patience: 600,
}
