import { JobFailed } from './failures.ts';
import type { JobPlan } from './jobs.ts';
import { abortedJob, inMain } from './stack-traces.ts';
import { type ApplicationStatus, type JobStatus, newStage, prune, type StageStatus } from './status.ts';
import type { SparkLog, TaskScheduler } from './tasks.ts';

const nothing = { bytes: 0, records: 0 };

/** Runs the jobs of an application, stage behind stage, as `DAGScheduler` does; the result rejects with `JobFailed`. */
export function createDag(
  { log, print, now }: { log: SparkLog; print(lines: string[]): void; now(): number },
  status: ApplicationStatus,
  tasks: TaskScheduler,
): (plan: JobPlan) => Promise<void> {
  let nextJob = 0;
  let nextStage = 0;
  const say = (message: string) => log('DAGScheduler', message);
  const seconds = (since: number): string => ((now() - since) / 1000).toFixed(3);

  const submit = (stage: StageStatus): void => {
    stage.state = 'ACTIVE';
    stage.submittedAt = now();
    const kind = stage.role === 'map' ? 'ShuffleMapStage' : 'ResultStage';
    say(`Submitting ${kind} ${stage.id} (MapPartitionsRDD[${stage.id * 2 + 1}] at ${stage.name}), which has no missing parents`);
    const first = Array.from({ length: Math.min(stage.tasks, 15) }, (_, partition) => partition).join(', ');
    const what = `${stage.tasks} missing tasks from ${kind} ${stage.id} (MapPartitionsRDD[${stage.id * 2 + 1}] at ${stage.name})`;
    say(`Submitting ${what} (first 15 tasks are for partitions Vector(${first}))`);
  };

  const fail = (job: JobStatus, stage: StageStatus, failure: string): never => {
    const kind = stage.role === 'map' ? 'ShuffleMapStage' : 'ResultStage';
    stage.state = 'FAILED';
    stage.failure = failure;
    stage.completedAt = now();
    job.state = 'FAILED';
    job.completedAt = now();
    log('TaskSchedulerImpl', `Cancelling stage ${stage.id}`);
    const [first = '', ...rest] = failure.split('\n');
    say(`${kind} ${stage.id} (${stage.name}) failed in ${seconds(stage.submittedAt ?? now())} s due to ${first}`);
    print([...rest, '', 'Driver stacktrace:']);
    say(`Job ${job.id} failed: ${job.name}, took ${((now() - job.submittedAt) / 1000).toFixed(6)} s`);
    throw new JobFailed({
      exception: 'org.apache.spark.SparkException',
      message: `${failure}\n\nDriver stacktrace:`,
      frames: [...abortedJob, ...inMain('jobs.Job.main(Job.java:37)')],
    });
  };

  return async (plan) => {
    const id = nextJob;
    nextJob += 1;
    const stages = plan.stages.map((shape) => {
      const stage = newStage(nextStage, id, { read: nothing, written: nothing, ...shape });
      nextStage += 1;
      status.stages.set(stage.id, stage);
      return { stage, course: shape };
    });
    const ids = stages.map(({ stage }) => stage.id);
    const job: JobStatus = { id, name: plan.name, stages: ids, state: 'RUNNING', submittedAt: now(), completedAt: null };
    status.jobs.push(job);
    log('SparkContext', `Starting job: ${plan.name}`);
    say(`Got job ${id} (${plan.name}) with ${plan.stages.at(-1)?.tasks ?? 0} output partitions`);
    say(`Final stage: ResultStage ${ids.at(-1)} (${plan.name})`);
    say(
      `Parents of final stage: List(${ids
        .slice(0, -1)
        .map((parent) => `ShuffleMapStage ${parent}`)
        .join(', ')})`,
    );
    for (const { stage, course } of stages) {
      submit(stage);
      const failure = await tasks.run(stage, course);
      if (failure !== null) fail(job, stage, failure);
      stage.state = 'COMPLETE';
      stage.completedAt = now();
      const kind = stage.role === 'map' ? 'ShuffleMapStage' : 'ResultStage';
      say(`${kind} ${stage.id} (${stage.name}) finished in ${seconds(stage.submittedAt ?? now())} s`);
    }
    job.state = 'SUCCEEDED';
    job.completedAt = now();
    say(`Job ${id} is finished. Cancelling potential speculative or zombie tasks for this job`);
    say(`Job ${id} finished: ${plan.name}, took ${((now() - job.submittedAt) / 1000).toFixed(6)} s`);
    prune(status);
  };
}
