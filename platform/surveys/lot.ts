import type { AskingReason } from '@plumbline/weights'
import type { Queries } from '../database/database.ts'
import { type AfterAppointments, isDrawn, lotOf } from './appointments.ts'
import { personHashOf } from './code.ts'
import { whyLeftInPeace } from './peace.ts'

/** Whether somebody is drawn in a survey after appointments, and whether they may be asked now. */
export interface Lot {
  /** From 0 up to 1. */
  readonly lot: number
  readonly isDrawn: boolean
  /** Why they are left in peace on the day, where they are, drawn or not. */
  readonly peace: AskingReason | null
}

/**
 * Works somebody's draw out again, for themselves to know.
 * @param person the number by which their service knows them, or their address where it reports that alone.
 * @param email their address beside a number; empty for none.
 */
export async function lotFor(
  tx: Queries,
  after: AfterAppointments,
  { person, email }: { readonly person: string; readonly email: string },
  { secret, day }: { readonly secret: string; readonly day: string },
): Promise<Lot> {
  const known = [person, email].map((p) => p.trim().toLowerCase()).filter((p) => p !== '')
  const hashes = [...new Set(known)].map((p) => personHashOf(secret, p))
  const [peace = null] = await whyLeftInPeace(tx, [{ hashes, died: '' }], {
    months: after.months,
    day,
  })
  const [first = ''] = hashes
  return { lot: lotOf(after.seed, first), isDrawn: isDrawn(after, first), peace }
}
