/**
 * Who answered: people who were drawn and invited; people who were asked after an appointment that their service
 * reported; or whoever came by an open link. Answers of one are never added to those of another.
 */
export const answerers = ['sample', 'appointment', 'open'] as const
export type Answerers = (typeof answerers)[number]

/** Of a row of `survey_response`, called `r`: who answered, in SQL. */
export const whoAnswered = `(case when r.invitation is null then 'open'
  when r.way = 'appointment' then 'appointment' else 'sample' end)`
