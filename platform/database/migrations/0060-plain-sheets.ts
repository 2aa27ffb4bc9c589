/**
 * Sheets lie as they are: to press them together took a third of the time of publishing, and every page would
 * have its own pulled apart again. They take twice the room on the disk. Those of before stay as they were.
 */
export const statements = ['alter table sheet alter column body set storage external']
