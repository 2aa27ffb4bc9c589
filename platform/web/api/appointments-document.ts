import { z } from 'zod'
import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { appointmentsAnswer, appointmentsBody } from './appointments-schema.ts'
import { refusal } from './refusal-schema.ts'

export const appointmentsPath = '/appointments'

/** It takes none in its address: what is sent is about people, and addresses are logged. */
export const noParameters = z.object({})

/** `POST /appointments`, for the OpenAPI document. */
export const appointmentsOperation: ZodOpenApiOperationObject = {
  operationId: 'reportAppointments',
  tags: ['replies'],
  summary: 'Report who was seen, so that a survey asks them',
  description:
    'For booking systems with a token. Each person is asked once, as far as the survey of their provider asks: nobody who has died, nobody who asked not to be, nobody who was asked within its months, and of the others all or a share by lot. All is taken or nothing.',
  security: [{ token: [] }],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: appointmentsBody } },
  },
  responses: {
    200: {
      description: 'What became of each, in the order in which they were sent.',
      content: { 'application/json': { schema: appointmentsAnswer } },
    },
    400: refusal('The appointments cannot be read: the detail says where.'),
    401: refusal('There is no token, or it is not valid now.'),
    403: refusal('The token may not report of that provider.'),
    413: refusal('More was sent than is taken at a time.'),
    415: refusal('Appointments are taken as JSON.'),
    429: refusal('Too many requests: wait as long as `retry-after` says.'),
  },
}
