import { disclosureRules } from '@plumbline/disclosure'
import { z } from 'zod'

/**
 * What a descriptor says of its figures' safety: which counts are too small to be shown, and which places
 * add up to which, so that nobody works a hidden figure out by subtraction.
 */
export const disclosureSchema = z.strictObject({
  rules: disclosureRules,
  /**
   * Levels that add up, the smallest first: `["ward", "district", "county"]`; `provider` for providers.
   * Two lists for places that overlap: `[["ward", "district"], ["ward", "neighbourhood"]]`.
   */
  chains: z.array(z.array(z.string()).min(2)).default([]),
})
export type DisclosureDeclaration = z.infer<typeof disclosureSchema>
