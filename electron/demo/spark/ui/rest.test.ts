import { describe, expect, test } from 'vitest';
import { at, type Json, listOf, objectOf, parseJson } from '../../json.ts';
import { restAnswer } from './rest.ts';
import { shuffling } from './ui.fixture.ts';

const ask = (path: string): { code: number; body: Json } => {
  const [where = '', query = ''] = path.replace('ID', 'applications/spark-1').split('?');
  const { code, body, type } = restAnswer(shuffling(), where, new URLSearchParams(query));
  return { code, body: type === 'application/json' ? parseJson(body) : body };
};

describe('what Spark 3.5 answers', () => {
  test.each([
    ['version', 200, { spark: '3.5.7' }],
    ['applications/other', 404, 'unknown app: other'],
    ['applications/other/jobs', 404, 'no such app: other'],
    ['ID/other', 404, 'unknown app spark-1, attempt other'],
    ['ID/jobs/99', 404, 'unknown job: 99'],
    ['ID/stages/7', 404, 'unknown stage: 7'],
    ['ID/sql', 200, []],
    ['ID/sql/0', 404, 'unknown query execution id: 0'],
    ['ID/storage/rdd', 200, []],
    ['ID/streaming/statistics', 404, 'no streaming listener attached to orders'],
  ])('%s: %d %j', (path, code, body) => expect(ask(path)).toEqual({ code, body }));

  test('times end in GMT, and an application that runs has no end', () => {
    expect(at(listOf(ask('applications').body)[0], 'attempts')).toEqual([
      expect.objectContaining({ startTime: '2026-11-21T12:00:00.000GMT', endTimeEpoch: -1, duration: 6000, completed: false }),
    ]);
  });

  test('a job counts the tasks of all its stages', () => {
    expect(ask('ID/jobs').body).toEqual([
      expect.objectContaining({
        ...{
          jobId: 0,
          status: 'RUNNING',
          stageIds: [0, 1],
          numTasks: 8,
          numActiveTasks: 1,
          numCompletedTasks: 5,
          numFailedTasks: 1,
        },
        ...{ numCompletedStages: 1, numActiveStages: 1 },
      }),
    ]);
    expect(ask('ID/jobs?status=succeeded').body).toEqual([]);
  });

  test('stages come newest first, and are chosen by their state', () => {
    expect(listOf(ask('ID/stages').body).map((stage) => at(stage, 'stageId'))).toEqual([1, 0]);
    expect(listOf(ask('ID/stages?status=complete').body)).toEqual([
      expect.objectContaining({ shuffleWriteBytes: 8000, shuffleWriteRecords: 80, completionTime: '2026-11-21T12:00:04.000GMT' }),
    ]);
  });

  test('a stage has its tasks where details are asked for, and always alone', () => {
    expect(at(listOf(ask('ID/stages').body)[0], 'tasks')).toBeUndefined();
    expect(Object.keys(objectOf(at(ask('ID/stages/1/0').body, 'tasks')))).toEqual(['4', '5', '6']);
    expect(at(ask('ID/stages/1/0').body, 'executorSummary', '2')).toMatchObject({ succeededTasks: 1, failedTasks: 1 });
    expect(at(ask('ID/stages/1/0?withSummaries=true').body, 'taskMetricsDistributions', 'quantiles')).toEqual([
      0, 0.25, 0.5, 0.75, 1,
    ]);
  });

  test('tasks and executors of a stage are spread where summaries are asked for', () => {
    expect(at(ask('ID/stages/0/0?withSummaries=true&quantiles=0,1').body, 'executorMetricsDistributions')).toMatchObject({
      ...{ quantiles: [0, 1], succeededTasks: [4, 4], peakMemoryMetrics: { JVMHeapMemory: [0, 0] } },
    });
    expect(at(ask('ID/stages/0/0').body, 'taskMetricsDistributions')).toBeUndefined();
  });

  test('the summary of tasks has a value for each quantile', () => {
    expect(ask('ID/stages/0/0/taskSummary?quantiles=0,0.5,1').body).toMatchObject({
      quantiles: [0, 0.5, 1],
      duration: [100, 300, 400],
    });
  });

  test.each([
    ['ID/stages/1/0/taskList', [4, 5, 6]],
    ['ID/stages/1/0/taskList?status=failed', [5]],
    ['ID/stages/1/0/taskList?offset=1&length=1', [5]],
    ['ID/stages/1/0/taskList?sortBy=-runtime', [6, 4, 5]],
  ])('%s lists the tasks %j', (path, ids) => expect(listOf(ask(path).body).map((task) => at(task, 'taskId'))).toEqual(ids));

  test('a dead executor is among all of them, with the reason', () => {
    expect(listOf(ask('ID/executors').body).map((executor) => at(executor, 'id'))).toEqual(['driver', '2']);
    expect(listOf(ask('ID/allexecutors').body)[1]).toMatchObject({
      ...{ id: '1', isActive: false, removeTime: '2026-11-21T12:00:05.000GMT', removeReason: '\nThe executor with id 1 exited.' },
    });
    expect(listOf(ask('ID/executors').body)[1]).toMatchObject({
      completedTasks: 5,
      failedTasks: 1,
      totalTasks: 7,
      activeTasks: 1,
    });
  });

  test('the configuration is there, what looks secret is not', () => {
    const answer = restAnswer(
      shuffling({ 'spark.hadoop.fs.s3a.secret.key': 'x', 'spark.a': 'b' }),
      'applications/spark-1/environment',
      new URLSearchParams(),
    );
    const properties = listOf(at(parseJson(answer.body), 'sparkProperties'));
    expect(properties).toContainEqual(['spark.a', 'b']);
    expect(properties).toContainEqual(['spark.hadoop.fs.s3a.secret.key', '*********(redacted)']);
  });

  test('the threads of the driver show the action that runs', () => {
    expect(at(listOf(ask('ID/executors/driver/threads').body)[0], 'threadName')).toBe('main');
    expect(ask('ID/executors/1/threads')).toEqual({ code: 404, body: 'Executor does not exist or is not active.' });
  });
});
