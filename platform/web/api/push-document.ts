import { z } from 'zod'
import type { ZodOpenApiOperationObject } from 'zod-openapi'
import { keyHeader, mediaTypes, pushAnswer, pushQuery, pushWaiting } from './push-schema.ts'
import { refusal } from './refusal-schema.ts'

/** Where it is told what came of a push. */
export const pushPath = '/pushes/{code}'

const security = [{ token: [] }]

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
})

const file = {
  csv: 'code,name,kind,seen,in time,visitors\nC100,Clinic 0,country,50,100,200\n',
  json: '{"code":"C100","name":"Clinic 0","kind":"country","seen":50,"in time":100,"visitors":200}\n',
}

const body = (example: string) => ({
  schema: z.string().meta({ description: 'The file, as it is or as gzip.' }),
  example,
})

/** `POST /releases`, for the OpenAPI document. */
export const pushOperation: ZodOpenApiOperationObject = {
  operationId: 'pushRelease',
  tags: ['releases'],
  summary: 'Send figures',
  description:
    'For publishers with a token. A file is checked as the command line checks it, and published or refused as a whole. The answer comes when that is done; after 25 seconds it is 202, and `location` says where to ask.',
  security,
  requestParams: {
    query: pushQuery.extend({
      descriptor: pushQuery.shape.descriptor.meta({ param: { example: 'clinics' } }),
      file: pushQuery.shape.file.meta({ param: { example: 'clinics-2024.csv' } }),
    }),
    header: z.object({
      'idempotency-key': keyHeader.optional().meta({ description: keyHeader.description ?? '' }),
      'content-encoding': z
        .enum(['gzip', 'identity'])
        .optional()
        .meta({ description: 'How the body is packed: gzip, or not at all.' }),
    }),
  },
  requestBody: {
    required: true,
    content: {
      [mediaTypes.csv[0] ?? '']: body(file.csv),
      [mediaTypes.json[0] ?? '']: body(file.json),
    },
  },
  responses: {
    200: json('A dry run found nothing wrong, or these bytes are published already.', pushAnswer),
    201: json('It is published, or kept as a draft.', pushAnswer),
    202: json('It is under way: ask at `location`.', pushWaiting),
    400: refusal('A parameter or the body cannot be read.'),
    401: refusal('There is no token, or it is not valid now.'),
    403: refusal('The token may not do that.'),
    409: refusal('It is under way: what was sent with this key is being read.'),
    413: refusal('More was sent than is taken at a time.'),
    415: refusal('Figures are not taken in this form.'),
    422: refusal(
      'The figures are refused, with the lines and columns that are wrong; or the key was used for others.',
    ),
    429: refusal('Too many requests: wait as long as `retry-after` says.'),
    500: refusal('It could not be read to its end, and nothing was kept: send it again.'),
    503: refusal('Too much is under way: wait as long as `retry-after` says.'),
  },
}

/** `GET /pushes/{code}`, for the OpenAPI document. */
export const pushesOperation: ZodOpenApiOperationObject = {
  operationId: 'getPush',
  tags: ['releases'],
  summary: 'What came of a push',
  description: 'For the token that sent it.',
  security,
  requestParams: {
    path: z.object({
      code: z.string().max(200).meta({ description: 'Its name, from `location`.' }),
    }),
  },
  responses: {
    200: json('What came of it, or that it is under way.', z.union([pushAnswer, pushWaiting])),
    401: refusal('There is no token, or it is not valid now.'),
    404: refusal('This token has sent no push of that name.'),
    429: refusal('Too many requests: wait as long as `retry-after` says.'),
  },
}
