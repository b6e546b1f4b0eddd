import { get } from 'node:http';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTunnel } from '../../electron/forwards/tunnel.ts';
import { applicationsPath, apply, removeNow } from './objects.ts';
import { job } from './runs.ts';
import { openTarget, type Target, unique, until } from './target.ts';

const namespace = 'default';
const name = unique('rest');
const path = `${applicationsPath(namespace)}/${name}`;
const minutes = 60_000;

interface Answer {
  status: number;
  type: string;
  body: string;
}

let target: Target;
/** What was answered while a job of two stages ran, by path; `ID` stands for the application's id. */
const seen = new Map<string, Answer>();

const paths = [
  ...['version', 'applications', 'applications/ID', 'applications/nope', 'applications/nope/jobs', 'applications/ID/nope'],
  ...['applications/ID/jobs', 'applications/ID/jobs/99', 'applications/ID/stages', 'applications/ID/stages/0'],
  ...[
    'applications/ID/stages/0/0/taskList',
    'applications/ID/stages/0/0/taskSummary?quantiles=0,0.5,1',
    'applications/ID/stages/99',
  ],
  ...['applications/ID/executors', 'applications/ID/allexecutors', 'applications/ID/executors/driver/threads'],
  ...['applications/ID/storage/rdd', 'applications/ID/environment', 'applications/ID/sql', 'applications/ID/sql/0'],
  'applications/ID/streaming/statistics',
];

beforeAll(async () => {
  target = await openTarget(4000);
  await apply(target.admin, path, job(namespace, name, ['slow', target.demo === null ? '40' : '8']));
  const id = await until('a stage of the job is done', 150, async () => {
    const applications = await ask('applications').catch(() => null);
    if (applications === null || !applications.type.includes('json')) return null;
    const found = /"id" : "([^"]+)"|"id": "([^"]+)"/.exec(applications.body);
    const own = found?.[1] ?? found?.[2] ?? '';
    const stages = await ask(`applications/${own}/stages?status=complete`);
    return stages.body.includes('COMPLETE') ? own : null;
  });
  for (const one of paths) seen.set(one, await ask(one.replace('ID', id)));
}, 4 * minutes);

afterAll(async () => {
  if (target === undefined) return;
  await removeNow(target.admin, path);
  await target.close();
}, minutes);

/** One request to the driver's REST through the API server. */
async function ask(where: string): Promise<Answer> {
  const stream: Duplex = await openTunnel(
    target.admin,
    { namespace, pod: `${name}-driver`, port: 4040 },
    AbortSignal.timeout(10_000),
  );
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    const options = { createConnection: () => stream, path: `/api/v1/${where}`, host: 'localhost', port: 4040 } as const;
    get(options, (response) => {
      const type = String(response.headers['content-type']);
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, type, body }), reject);
    }).on('error', reject);
  });
}

/** Field names, below each other by dots; a list counts as its first item, numbered keys as one. */
function fields(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : fields(value[0], at);
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, item]) => fields(item, at === '' ? key : `${at}.${key}`));
}

const fieldsOf = (where: string): string[] => fields(JSON.parse(seen.get(where)?.body ?? 'null'));

describe('the REST of a running driver', () => {
  test.each([
    ['applications/nope', 'unknown app: nope'],
    ['applications/nope/jobs', 'no such app: nope'],
    ['applications/ID/jobs/99', 'unknown job: 99'],
    ['applications/ID/stages/99', 'unknown stage: 99'],
    ['applications/ID/sql/0', 'unknown query execution id: 0'],
    ['applications/ID/streaming/statistics', 'no streaming listener attached to job-slow'],
    ['applications/ID/nope', expect.stringMatching(/^unknown app spark-\w+, attempt nope$/)],
  ])('does not know %s', (where, body) => expect(seen.get(where)).toMatchObject({ status: 404, type: 'text/plain', body }));

  test.each([
    ['version', ['spark']],
    [
      'applications',
      [
        ...[
          'id',
          'name',
          'attempts.startTime',
          'attempts.endTime',
          'attempts.lastUpdated',
          'attempts.duration',
          'attempts.sparkUser',
        ],
        ...['attempts.completed', 'attempts.appSparkVersion', 'attempts.startTimeEpoch', 'attempts.endTimeEpoch'],
        'attempts.lastUpdatedEpoch',
      ],
    ],
    [
      'applications/ID/stages/0/0/taskSummary?quantiles=0,0.5,1',
      expect.arrayContaining([
        'quantiles',
        'duration',
        'schedulerDelay',
        'shuffleWriteMetrics.writeBytes',
        'shuffleReadMetrics.readBytes',
      ]),
    ],
    [
      'applications/ID/stages/0/0/taskList',
      expect.arrayContaining([
        'taskId',
        'launchTime',
        'executorId',
        'taskMetrics.shuffleWriteMetrics.bytesWritten',
        'schedulerDelay',
      ]),
    ],
    [
      'applications/ID/allexecutors',
      expect.arrayContaining(['hostPort', 'memoryMetrics.totalOnHeapStorageMemory', 'totalGCTime']),
    ],
    [
      'applications/ID/environment',
      expect.arrayContaining(['runtime.javaVersion', 'resourceProfiles.executorResources.memory.amount']),
    ],
    ['applications/ID/executors/driver/threads', expect.arrayContaining(['threadName', 'threadState', 'stackTrace.elems'])],
    ['applications/ID/sql', []],
    ['applications/ID/storage/rdd', []],
  ])('%s has its fields', (where, expected) => expect(fieldsOf(where)).toEqual(expected));

  test('a job of two stages and sixteen tasks, with times in GMT', () => {
    const jobs: unknown = JSON.parse(seen.get('applications/ID/jobs')?.body ?? 'null');
    const submissionTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}GMT$/);
    const first = { jobId: 0, name: 'count at Job.java:77', stageIds: [0, 1], numTasks: 16, submissionTime };
    expect(jobs).toEqual(expect.arrayContaining([expect.objectContaining(first)]));
  });

  test('the driver comes first among the executors, without cores', () => {
    expect(JSON.parse(seen.get('applications/ID/executors')?.body ?? 'null')).toEqual([
      expect.objectContaining({ id: 'driver', totalCores: 0, isActive: true }),
      expect.objectContaining({ id: '1', totalCores: 1, isActive: true, maxTasks: 1 }),
    ]);
  });
});
