import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A form with a file: its fields, and the file as a stream that nobody has read yet. */
interface FileForm {
  readonly fileName: string
  readonly file: Readable
}

const forms = new WeakMap<FastifyRequest, FileForm>()

/**
 * Reads the fields of a form up to its file, into `body`, before the token of the form is asked for. The file
 * stays a stream: whoever may not send it has sent nothing that we keep.
 */
export async function readFields(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!request.isMultipart()) return
  const fields: Record<string, string> = {}
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      // A form in which no file was chosen sends one without a name.
      forms.set(request, { fileName: part.filename ?? '', file: part.file })
      // Whatever is answered, what is left of the file is let go.
      reply.raw.once('finish', () => part.file.resume())
      break
    }
    if (typeof part.value === 'string') fields[part.fieldname] = part.value
  }
  request.body = fields
}

/** The file of a form; null where there was none. */
export const fileOf = (request: FastifyRequest): FileForm | null => forms.get(request) ?? null
