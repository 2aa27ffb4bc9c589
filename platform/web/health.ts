import type { FastifyInstance } from 'fastify'
import { forAll } from './guard.ts'

/** For machines that run it: whether the process lives, and whether its database answers. */
export function addHealth(
  app: FastifyInstance,
  options: { readonly ready: () => Promise<boolean> },
): void {
  app.get('/healthz', forAll, async () => ({ status: 'ok' }))
  app.get('/readyz', forAll, async (_, reply) => {
    const ready = await options.ready().catch(() => false)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
}
