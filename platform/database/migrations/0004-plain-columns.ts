/**
 * Columns of numbers are stored as they are: compressing them cost PGlite half of an import, and
 * saved a third of the room.
 */
const numbers = [
  'subjects',
  'value',
  'lower95',
  'upper95',
  'lower998',
  'upper998',
  'numerator',
  'denominator',
]

export const statements = ['observation_series', 'comparison_series'].map(
  (table) =>
    `alter table ${table} ${numbers.map((c) => `alter column ${c} set storage external`).join(', ')}`,
)
