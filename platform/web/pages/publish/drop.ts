import type { FastifyRequest } from 'fastify'
import { isOpen, type Upload } from '../../../uploads/upload.ts'
import { momentWords } from '../record/act-words.ts'
import { reaches } from './place.ts'
import { handedInBy } from './upload-words.ts'

const isOwn = ({ viewer }: FastifyRequest, { person }: Upload): boolean =>
  person !== null && person === viewer.person?.id

/** What somebody is asked before a file is gone. */
export function dropPage(request: FastifyRequest, upload: Upload) {
  const from = `${handedInBy(upload)}, ${momentWords(upload.madeAt)}`
  return {
    title: `Drop ${upload.fileName}?`,
    upload: { id: upload.id, version: upload.version, fileName: upload.fileName },
    isOpen: isOpen(upload),
    whose: isOwn(request, upload) ? null : `It is not yours: it came from ${from}.`,
    isTold: !isOwn(request, upload) && upload.person !== null,
    lost: upload.adopted
      ? 'The draft is removed, and nothing of it can be got back.'
      : 'The file and all answers about it are removed, and nothing of them can be got back.',
  }
}

/** Who dropped a file, for whoever handed it in: a role, and no name. */
export function droppedBy(request: FastifyRequest, upload: Upload): string | null {
  if (isOwn(request, upload)) return null
  const role = reaches(request.viewer, 'draft-release', upload).grant?.role
  return role === 'analyst' ? 'Dropped by another analyst.' : 'Dropped by a steward.'
}
