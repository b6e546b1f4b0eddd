import { type ContainerPlace, exitSwitch, type Program } from '../node/program.ts';
import type { World } from '../world.ts';
import { createContext, type SparkContext } from './context.ts';
import { readDriverSettings } from './driver-settings.ts';
import { JobFailed, printed, SystemExit, type Throwable } from './failures.ts';
import type { Session } from './jobs.ts';
import type { SparkLinks } from './links.ts';
import { logLine } from './log-line.ts';
import { type ProcessLife, startLife } from './process-life.ts';
import { inMain, startingContext } from './stack-traces.ts';
import type { SparkLog } from './tasks.ts';

/** Seconds that the client's threads keep a driver without rights alive (spark-measured, point 38). */
const ORPHANED_SECONDS = 91;
/** Seconds that executors which will never answer keep the end waiting (spark-measured, point 36). */
const FAILED_EXECUTORS_SECONDS = 20;
const TOO_MANY_FAILURES = 11;
const SIGTERM = 143;

/** The program of a driver pod: starts Spark, runs the job, stops Spark, and ends with the code that follows. */
export function driver(world: World, links: SparkLinks, { pod, container, write }: ContainerPlace): Program {
  const { exit, leave, left } = exitSwitch();
  const life = startLife(world.time);
  const log: SparkLog = (logger, message, level) => write(logLine(world.time.now(), logger, message, level));
  const print = (lines: string[]): void => {
    for (const line of lines) write(line);
  };
  const settings = readDriverSettings(world, pod, container);
  const context = createContext({
    ...{ world, links, settings, life, log, print },
    onTooManyFailures: () => void endByHook(TOO_MANY_FAILURES, FAILED_EXECUTORS_SECONDS),
  });
  let ending = false;

  const finish = (code: number): void => {
    log('ShutdownHookManager', 'Shutdown hook called');
    log('ShutdownHookManager', `Deleting directory ${settings.scratch}/spark-${crypto.randomUUID()}`);
    life.end();
    leave({ code });
  };
  const uncaught = (thrown: Throwable): void => {
    const [first = '', ...rest] = printed(thrown);
    print([`Exception in thread "main" ${first}`, ...rest]);
  };
  /** A signal, `System.exit` or failing executors: Java's shutdown hook stops Spark, whatever the job does. */
  const endByHook = async (code: number, hold = 0): Promise<void> => {
    if (ending) return;
    ending = true;
    life.end();
    const waiting = !context.ready();
    log('SparkContext', 'Invoking stop() from shutdown hook');
    const stopped = context.stop(hold);
    if (waiting) interrupted(log, print);
    await stopped;
    finish(code);
  };

  const run = async (): Promise<void> => {
    write(`Files ${settings.resource} from ${settings.resource.replace(/^local:\/\//, '')} to /opt/spark/work-dir/`);
    await life.wait(3);
    log(
      'NativeCodeLoader',
      'Unable to load native-hadoop library for your platform... using builtin-java classes where applicable',
      'WARN',
    );
    await life.wait(1);
    try {
      await context.start();
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      log('SparkContext', 'Error initializing SparkContext.', 'ERROR');
      print(printed(error.thrown));
      await context.stop();
      uncaught(error.thrown);
      await life.wait(ORPHANED_SECONDS);
      if (!ending) finish(1);
      return;
    }
    await work();
  };
  const work = async (): Promise<void> => {
    let thrown: Throwable | null = null;
    try {
      await settings.program.main(sessionOf(context, life, write));
    } catch (error) {
      if (error instanceof SystemExit) return endByHook(error.code);
      if (!(error instanceof JobFailed)) throw error;
      thrown = error.thrown;
    }
    if (ending) return;
    await context.stop();
    if (ending) return;
    if (thrown !== null) uncaught(thrown);
    if (settings.program.lingers === true) return;
    ending = true;
    finish(thrown === null ? 0 : 1);
  };
  void run();

  const command = `/opt/java/bin/java -cp /opt/spark/conf:/opt/spark/jars/* org.apache.spark.deploy.SparkSubmit --deploy-mode client ${settings.resource}`;
  return {
    exit,
    terminate() {
      if (left() || ending) return;
      if (context.stopped() || !context.begun()) {
        ending = true;
        return finish(SIGTERM);
      }
      void endByHook(SIGTERM);
    },
    kill() {
      life.end();
      context.vanish();
      leave({ code: 137 });
    },
    connect: (port) => (port === settings.uiPort ? (context.ui?.connect() ?? null) : null),
    processes: () => [
      { pid: 1, user: '185', command: `tini -s -- ${command}` },
      { pid: 16, user: '185', command },
    ],
  };
}

function sessionOf(context: SparkContext, life: ProcessLife, write: (line: string) => void): Session {
  return {
    run: context.run,
    print: write,
    sleep: life.sleep,
    deadline(seconds) {
      let over = false;
      void life.sleep(seconds).then(() => {
        over = true;
      });
      return () => over;
    },
  };
}

/** What the main thread says when Spark is stopped under it before the executors were there. */
function interrupted(log: SparkLog, print: (lines: string[]) => void): void {
  const thrown: Throwable = {
    exception: 'java.lang.IllegalStateException',
    message: 'Spark context stopped while waiting for backend',
    frames: [
      'org.apache.spark.scheduler.TaskSchedulerImpl.waitBackendReady(TaskSchedulerImpl.scala:1224)',
      ...startingContext,
      ...inMain('jobs.Job.main(Job.java:30)'),
    ],
  };
  log('SparkContext', 'Error initializing SparkContext.', 'ERROR');
  print(printed(thrown));
  const [first = '', ...rest] = printed(thrown);
  print([`Exception in thread "main" ${first}`, ...rest]);
}
