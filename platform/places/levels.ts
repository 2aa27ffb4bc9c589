/** The levels of places, from the smallest to the largest, and what a page calls one. */
export const levels = [
  ['lsoa', 'small area'],
  ['neighbourhood', 'neighbourhood'],
  ['ward', 'ward'],
  ['pcn', 'primary care network'],
  ['district', 'district'],
  ['unitary', 'unitary authority'],
  ['sub-icb', 'NHS sub-ICB area'],
  ['ccg', 'clinical commissioning group'],
  ['icb', 'NHS integrated care board'],
  ['county', 'county or unitary authority'],
  ['combined-authority', 'combined authority'],
  ['force', 'police force area'],
  ['nhs-region', 'NHS region'],
  ['region', 'region'],
  ['country', 'country'],
] as const

const rank = new Map<string, number>(levels.map(([code], i) => [code, i]))
const named = new Map<string, string>(levels)

/** Larger is larger; a level not in the list lies between district and region. */
export function levelRank(level: string | null): number {
  return rank.get(level ?? '') ?? 8.5
}

/** "NHS region"; a level that only a source knows is shown as the source has it. */
export function levelLabel(level: string | null): string {
  return named.get(level ?? '') ?? (level ?? 'place').replaceAll('-', ' ')
}

/** Levels under which sources file the same kind of place. */
const same: Readonly<Record<string, string>> = {
  england: 'country',
  national: 'country',
  regional: 'region',
  regions: 'region',
  'regions-statistical': 'region',
  'nhs-regions': 'nhs-region',
  'nhs-regions-new-due-to-icb-changes': 'nhs-region',
  'local-authority': 'county',
  ua: 'unitary',
  'districts-and-unitary-authorities': 'district',
  'counties-and-unitary-authorities': 'county',
  'combined-authorities': 'combined-authority',
  'nhs-sub-integrated-care-boards': 'sub-icb',
  'icb-sub-locations': 'sub-icb',
  'nhs-integrated-care-boards': 'icb',
  icbs: 'icb',
  'nhs-primary-care-networks': 'pcn',
  'pcns-v-27-10-23': 'pcn',
}

/** The one word for a level, whatever its source calls it: `ICB sub-locations` is `sub-icb`. */
export function levelCode(text: string): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return same[slug] ?? slug
}

/** Levels that count as the region of a subject, and as its area, the first found taken. */
export const regionLevels = ['region', 'nhs-region'] as const
export const areaLevels = ['sub-icb', 'county', 'icb', 'unitary', 'district', 'force'] as const
