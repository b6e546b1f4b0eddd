import { z } from 'zod';
import type { Cluster } from '../../electron/clusters/index.ts';

const frameSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.looseObject({
    kind: z.string().optional(),
    code: z.number().optional(),
    reason: z.string().optional(),
    message: z.string().optional(),
    metadata: z.looseObject({
      name: z.string().optional(),
      resourceVersion: z.string().optional(),
      deletionTimestamp: z.string().optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    }),
    status: z.unknown().optional(),
  }),
});

/** One line of a watch. */
export type Frame = z.infer<typeof frameSchema>;

/** Reads a watch until it ends, `enough` (asked after each frame) says so, or the signal does; every frame in order. */
export async function readWatch(
  cluster: Cluster,
  path: string,
  query: Record<string, string | number | boolean>,
  enough: (frames: Frame[]) => boolean = () => false,
  signal?: AbortSignal,
): Promise<Frame[]> {
  const own = new AbortController();
  const signals = signal === undefined ? [own.signal] : [own.signal, signal];
  const frames: Frame[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  try {
    const stream = await cluster.stream({
      method: 'GET',
      path,
      query: { watch: true, ...query },
      signal: AbortSignal.any(signals),
    });
    for await (const chunk of stream) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        frames.push(frameSchema.parse(JSON.parse(line)));
        if (enough(frames)) return frames;
      }
    }
  } catch (error) {
    if (!AbortSignal.any(signals).aborted) throw error;
  } finally {
    own.abort();
  }
  return frames;
}
