/** Seconds without use after which a session ends, and those after which it ends anyway. */
export const idleSeconds = 12 * 3600
export const longestSeconds = 7 * 86_400
