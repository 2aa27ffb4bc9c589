/** The day of today, in SQL: in UTC as all of Plumbline dates what is done, whatever zone the server keeps. */
export const utcDay = `(now() at time zone 'UTC')::date`
