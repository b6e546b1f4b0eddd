import { afterAll, beforeAll, expect, test } from 'vitest';
import { forwardSparkUi } from '../../electron/forwards/index.ts';
import { openTunnel } from '../../electron/forwards/tunnel.ts';
import { systemClock } from '../../electron/platform/world.ts';
import { project } from '../../electron/spark/project.ts';
import { createWatchCaches, type WatchCaches } from '../../electron/watch/index.ts';
import type { Forward } from '../../shared/contract/forwards.ts';
import { applicationsPath, apply, corePath, readObject, removeNow } from './objects.ts';
import { job } from './runs.ts';
import { openTarget, quiet, type Target, unique, until } from './target.ts';

const namespace = 'default';
const name = unique('ui');
const path = `${applicationsPath(namespace)}/${name}`;
const pods = `${corePath(namespace, 'pods')}`;
const minutes = 60_000;

let target: Target;
let caches: WatchCaches;
let end: () => void;
const told: { at: number; forward: Forward }[] = [];

beforeAll(async () => {
  target = await openTarget(20_000);
  caches = createWatchCaches({
    clusters: target.clusters,
    clock: systemClock,
    log: quiet,
    random: Math.random,
    project,
    onTrouble: () => undefined,
  });
  const restartPolicy = { type: 'OnFailure', onFailureRetries: 2, onFailureRetryInterval: 1 };
  await apply(target.admin, path, job(namespace, name, ['slow', '120'], { restartPolicy }));
  const reference = { context: target.context, operator: 'kubeflow', namespace, name } as const;
  end = forwardSparkUi({ clusters: target.clusters, caches, clock: systemClock }, reference, (forward) =>
    told.push({ at: Date.now(), forward }),
  );
}, minutes);

afterAll(async () => {
  end?.();
  caches?.close();
  if (target === undefined) return;
  await removeNow(target.admin, path);
  await target.close();
}, minutes);

const active = (after: number) => {
  const last = told.at(-1);
  return last !== undefined && last.at > after && last.forward.state === 'active' ? { ...last.forward, at: last.at } : null;
};

/** When the driver of another uid than `before` listens, as seen by connections of our own. */
async function listens(before: string): Promise<number> {
  return until('the next driver listens', 150, async () => {
    try {
      const { body } = await target.admin.request({ method: 'GET', path: `${pods}/${name}-driver` });
      if (readObject(body).metadata.uid === before) return null;
      const place = { namespace, pod: `${name}-driver`, port: 4040 };
      const stream = await openTunnel(target.admin, place, AbortSignal.timeout(5_000));
      stream.end('GET /api/v1/version HTTP/1.0\r\n\r\n');
      let text = '';
      for await (const chunk of stream) text += String(chunk);
      return text.includes('"spark"') ? Date.now() : null;
    } catch {
      return null;
    }
  });
}

test(
  'its address answers within 3 s of the next driver listening, when the driver is killed and run again',
  async () => {
    const first = await until('the Spark UI is there', 150, () => active(0));
    expect(await (await fetch(`${first.url}api/v1/version`)).json()).toHaveProperty('spark');
    const before =
      readObject((await target.admin.request({ method: 'GET', path: `${pods}/${first.pod}` })).body).metadata.uid ?? '';
    const killed = Date.now();
    await target.admin.request({ method: 'DELETE', path: `${pods}/${first.pod}` });
    const [at, again] = await Promise.all([listens(before), until('the Spark UI is there again', 150, () => active(killed))]);
    expect(again.url).toBe(first.url);
    expect(again.at - at).toBeLessThan(3_000);
    expect((await fetch(`${first.url}api/v1/version`)).status).toBe(200);
    const between = told.filter(({ at: then }) => then > killed && then < again.at).map(({ forward }) => forward.state);
    expect(between).toContain('reconnecting');
    expect(between).not.toContain('active');
  },
  5 * minutes,
);
