import { z } from 'zod'
import { dayNumber } from './day.ts'

/** A day of the calendar as ISO 8601 writes it. */
export const isoDaySchema = z
  .string()
  .refine((text) => dayNumber(text) !== undefined, 'is no day; write it as 2024-05-06')

/** A short name for machines, which stays the same for ever. */
export const codeSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is no code; use small letters, digits and hyphens')

/** What is wrong with data, in one line that names the place of each fault. */
export function faultsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ')
}
