/** Where addresses of the API begin. */
export const base = '/api/v1'
