import { JobFailed, SystemExit, type Throwable } from './failures.ts';
import { inMain, inTask } from './stack-traces.ts';
import type { StageShape } from './status.ts';
import type { TaskCourse } from './tasks.ts';

/** One job of an application: stages that follow each other. */
export interface JobPlan {
  name: string;
  stages: (Partial<StageShape> & TaskCourse & { name: string; role: 'map' | 'result'; tasks: number })[];
}

/** What a job's main method can do. */
export interface Session {
  run(plan: JobPlan): Promise<void>;
  /** A line of the job's own output. */
  print(line: string): void;
  /** Real seconds. */
  sleep(seconds: number): Promise<void>;
  /** True once so many real seconds are over. */
  deadline(seconds: number): () => boolean;
}

/** A program that Spark runs: the name it gives itself, and its main method. */
export interface JobProgram {
  /** The application's name at run time. */
  name: string;
  main(session: Session): Promise<void>;
  /** True where the process goes on after Spark was stopped. */
  lingers?: boolean;
}

const FIRST_TASK_SECONDS = 1.3;
/** Seconds of a task, the first of an executor slower; a few percent of difference, the same in each run. */
const lasting = (seconds: number) => (partition: number, first: boolean) =>
  (first ? FIRST_TASK_SECONDS : seconds) * (1 + ((partition * 37) % 11) / 20);

const number = (args: readonly string[], index: number, otherwise: number): number => {
  const value = Number.parseInt(args[index] ?? '', 10);
  return Number.isNaN(value) || value < 0 ? otherwise : value;
};

const thrown = (exception: string, message: string, frames: string[]): Throwable => ({ exception, message, frames });

/** The stages of a grouping: a shuffle between eight tasks and eight. */
function grouping(rows: number, keys: number): JobPlan {
  const shuffle = { bytes: Math.round(rows * 6.45), records: rows };
  const seconds = 0.03 + rows / 5_000_000;
  return {
    name: 'count at Job.java:77',
    stages: [
      { name: 'mapToPair at Job.java:77', role: 'map', tasks: 8, written: shuffle, seconds: lasting(seconds) },
      {
        name: 'count at Job.java:77',
        role: 'result',
        tasks: 8,
        read: shuffle,
        // Few keys leave most of the tasks without work: the skew one sees in the task table.
        seconds: (partition, first) => lasting(seconds)(partition, first) * (partition < keys ? 1 : 0.2),
      },
    ],
  };
}

/** Pi from as many points as the slices ask for, a thousand each, ten thousand slices at most. */
function estimatePi(slices: number): number {
  const points = Math.min(Math.max(slices, 1), 10_000) * 1000;
  let inside = 0;
  for (let point = 0; point < points; point += 1) {
    // An additive sequence on two irrational numbers: evenly spread, and the same in each run.
    const x = (point * 0.7548776662466927) % 1;
    const y = (point * 0.5698402909980532) % 1;
    if (x * x + y * y <= 1) inside += 1;
  }
  return (4 * inside) / points;
}

async function pi(session: Session, slices: number, where: string): Promise<void> {
  await session.run({
    name: where,
    stages: [{ name: where, role: 'result', tasks: Math.max(slices, 1), seconds: lasting(0.12) }],
  });
  session.print(`Pi is roughly ${estimatePi(Math.min(slices, 100))}`);
}

/** Rounds of a small shuffle; a long job takes longer breaks, so that thousands of them cost little. */
async function slow(session: Session, seconds: number): Promise<void> {
  const over = session.deadline(seconds);
  for (let round = 1; !over(); round += 1) {
    await session.run(grouping(20_000, 50));
    session.print(`Round ${round}: 50 groups`);
    await session.sleep(Math.min(Math.max(0.5, seconds / 100), seconds));
  }
}

const heapSpace = (frames: string[]): Throwable => thrown('java.lang.OutOfMemoryError', 'Java heap space', frames);

type Main = (session: Session, args: readonly string[]) => Promise<void>;

const action = (name: string, tasks: number, course: TaskCourse): JobPlan => ({
  name,
  stages: [{ name, role: 'result', tasks, ...course }],
});

/** The jobs of the class `jobs.Job`, by the first argument. */
const mains: Record<string, Main> = {
  pi: (session, args) => pi(session, number(args, 1, 100), 'reduce at Job.java:63'),
  slow: (session, args) => slow(session, number(args, 1, 60)),
  async shuffle(session, args) {
    const rows = number(args, 1, 100_000);
    const keys = number(args, 2, 100);
    await session.run(grouping(rows, keys));
    session.print(`Groups: ${Math.min(rows, keys)}`);
  },
  async fail() {
    throw new JobFailed(
      thrown('java.lang.IllegalStateException', "Table sales.orders has no column 'amout'", inMain('jobs.Job.main(Job.java:36)')),
    );
  },
  async 'task-fail'(session) {
    const frames = inTask('jobs.Job.lambda$main$1282d8df$1(Job.java:38)');
    const bad = thrown('java.lang.IllegalArgumentException', 'Bad record at offset 3', frames);
    await session.run(
      action('foreach at Job.java:37', 4, { seconds: lasting(0.05), fault: (partition) => (partition === 2 ? bad : null) }),
    );
  },
  async exit(_, args) {
    throw new SystemExit(number(args, 1, 3));
  },
  async 'driver-oom'() {
    throw new JobFailed(heapSpace(['jobs.Job.fill(Job.java:82)', ...inMain('jobs.Job.main(Job.java:41)')]));
  },
  async 'executor-oom'(session) {
    await session.run(action('foreach at Job.java:42', 2, { seconds: () => 1, fault: () => 'heap' }));
  },
  async hang() {},
};

/** The program behind a main class, or behind a Python or R file; one that is not known here estimates Pi. */
export function programOf(mainClass: string, resource: string, args: readonly string[], name: string): JobProgram {
  const what = args[0] ?? 'pi';
  if (mainClass === 'jobs.Job') {
    const main = mains[what];
    const unknown: Main = async () => {
      throw new JobFailed(
        thrown('java.lang.IllegalArgumentException', `no job named ${what}`, inMain('jobs.Job.main(Job.java:45)')),
      );
    };
    return { name: `job-${what}`, main: (session) => (main ?? unknown)(session, args), lingers: what === 'hang' };
  }
  const [own, where] = resource.endsWith('/pi.py')
    ? ['PythonPi', `reduce at ${resource.replace('local://', '')}:44`]
    : [name, 'reduce'];
  return { name: own, main: (session) => pi(session, number(args, 0, 10), where) };
}
