/**
 * A form remembers what was sent with it, as a keyed hash alone: other words under the same number are not
 * taken for the same. Forms of before have none, and are believed.
 */
export const statements = ['alter table form_use add column digest text']
