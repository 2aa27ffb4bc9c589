import { z } from 'zod'
import type { JobKind } from '../jobs/kind.ts'

/** Subscribers whose turn it is are told what is new. Asked for by each publication, and every hour. */
export const tellSubscribers: JobKind<null> = {
  name: 'tell-subscribers',
  data: z.null(),
  retries: 20,
  wait: 10,
  longestWait: 3600,
  patience: 1800,
}

/** Figures that have become late by the passing of time are noticed. Every night. */
export const lateData: JobKind<null> = {
  name: 'late-data',
  data: z.null(),
  retries: 10,
  wait: 60,
  longestWait: 3600,
  patience: 600,
}
