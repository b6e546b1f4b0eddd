import type { Json } from '../../json.ts';
import { heapOf } from '../pod-parts.ts';
import type { StageStatus } from '../status.ts';
import type { UiPlace } from './place.ts';
import { applicationJson, environmentJson, threadsJson } from './rest-driver.ts';
import { driverJson, executorJson } from './rest-executors.ts';
import { jobJson, stageJson, taskJson } from './rest-stages.ts';
import { distributionsOf, metricsOf } from './task-metrics.ts';

/** An HTTP answer. */
export interface RestAnswer {
  code: number;
  type: string;
  body: string;
}

/** What Spark does not have, in its own words. */
class Unknown extends Error {}

/** Answers a path below `/api/v1/` as Spark 3.5 does. */
export function restAnswer(place: UiPlace, path: string, query: URLSearchParams): RestAnswer {
  try {
    const body = resource(
      place,
      path.split('/').filter((part) => part !== ''),
      query,
    );
    if (body === null) return { code: 404, type: 'text/html;charset=iso-8859-1', body: '<h2>HTTP ERROR 404 Not Found</h2>' };
    return { code: 200, type: 'application/json', body: JSON.stringify(body, null, 2) };
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return { code: 404, type: 'text/plain', body: error.message };
  }
}

function resource(place: UiPlace, [root, id, what, ...more]: string[], query: URLSearchParams): Json | null {
  const { settings } = place;
  if (root === 'version' && id === undefined) return { spark: settings.version };
  if (root !== 'applications') return null;
  if (id === undefined) return [applicationJson(place)];
  if (id !== settings.applicationId) throw new Unknown(what === undefined ? `unknown app: ${id}` : `no such app: ${id}`);
  switch (what) {
    case undefined:
      return applicationJson(place);
    case 'jobs':
      return jobs(place, more, query);
    case 'stages':
      return stages(place, more, query);
    case 'executors':
      return executors(place, more, (executor) => executor.removedAt === null);
    case 'allexecutors':
      return executors(place, more, () => true);
    case 'storage':
      return storage(more);
    case 'environment':
      return environmentJson(place);
    case 'sql':
      if (more[0] !== undefined) throw new Unknown(`unknown query execution id: ${more[0]}`);
      return [];
    case 'streaming':
      throw new Unknown(`no streaming listener attached to ${settings.program.name}`);
    default:
      throw new Unknown(`unknown app ${id}, attempt ${what}`);
  }
}

function jobs(place: UiPlace, [id]: string[], query: URLSearchParams): Json {
  if (id !== undefined) {
    const job = place.status.jobs.find((one) => String(one.id) === id);
    if (job === undefined) throw new Unknown(`unknown job: ${id}`);
    return jobJson(place, job);
  }
  const wanted = query.getAll('status').map((state) => state.toUpperCase());
  const shown = place.status.jobs.filter((job) => wanted.length === 0 || wanted.includes(job.state));
  return shown.reverse().map((job) => jobJson(place, job));
}

function stages(place: UiPlace, [id, attempt, list]: string[], query: URLSearchParams): Json | null {
  const detail = (details: boolean) => ({
    details: query.has('details') ? query.get('details') === 'true' : details,
    summaries: query.get('withSummaries') === 'true',
    quantiles: quantilesIn(query, '0.0,0.25,0.5,0.75,1.0'),
  });
  if (id === undefined) {
    const wanted = query.getAll('status').map((state) => state.toUpperCase());
    const all = [...place.status.stages.values()].reverse();
    return all
      .filter((stage) => wanted.length === 0 || wanted.includes(stage.state))
      .map((stage) => stageJson(place, stage, detail(false)));
  }
  const stage = place.status.stages.get(Number(id));
  if (stage === undefined) throw new Unknown(`unknown stage: ${id}`);
  if (attempt === undefined) return [stageJson(place, stage, detail(true))];
  if (attempt !== '0') throw new Unknown(`unknown attempt for stage ${id}.  Found attempts: [0]`);
  if (list === undefined) return stageJson(place, stage, detail(true));
  if (list === 'taskSummary') return summary(place, stage, query);
  return list === 'taskList' ? taskList(place, stage, query) : null;
}

const quantilesIn = (query: URLSearchParams, otherwise: string): number[] =>
  (query.get('quantiles') ?? otherwise).split(',').map(Number);

function summary({ now }: UiPlace, stage: StageStatus, query: URLSearchParams): Json {
  const done = stage.attempts.filter((task) => task.state === 'SUCCESS');
  if (done.length === 0) throw new Unknown('No tasks reported metrics yet.');
  const figures = done.map((task) => metricsOf(stage, task, now()));
  return distributionsOf(figures, quantilesIn(query, '0.05,0.25,0.5,0.75,0.95'));
}

function taskList({ now }: UiPlace, stage: StageStatus, query: URLSearchParams): Json {
  const wanted = query.getAll('status').map((state) => state.toUpperCase());
  const runtime = query.get('sortBy')?.replace('-', '').toLowerCase() === 'runtime';
  const offset = Number(query.get('offset') ?? 0);
  const length = Number(query.get('length') ?? 20);
  const took = (task: StageStatus['attempts'][number]) => (task.endedAt ?? now()) - task.launchedAt;
  const shown = stage.attempts.filter((task) => wanted.length === 0 || wanted.includes(task.state));
  if (runtime)
    shown.sort((one, other) => (query.get('sortBy')?.startsWith('-') ? took(other) - took(one) : took(one) - took(other)));
  return shown.slice(offset, offset + length).map((task) => taskJson(stage, task, now()));
}

function executors(
  place: UiPlace,
  [id, list]: string[],
  shown: (executor: { removedAt: number | null }) => boolean,
): Json | null {
  if (id === undefined) {
    const heap = heapOf(place.settings.conf, 'executor');
    const own = [...place.status.executors.values()].filter(shown).map((executor) => executorJson(executor, heap));
    return [driverJson(place), ...own];
  }
  if (list !== 'threads') return null;
  if (id === 'driver') return threadsJson(place);
  if (place.status.executors.get(id)?.removedAt !== null) throw new Unknown('Executor does not exist or is not active.');
  throw new Unknown('No thread dump is available.');
}

function storage([what, id]: string[]): Json | null {
  if (what !== 'rdd') return null;
  if (id !== undefined) throw new Unknown(`no rdd found w/ id ${id}`);
  return [];
}
