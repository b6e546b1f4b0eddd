/** Longest `why`, in UTF-16 code units. */
const longest = 300;

/**
 * `text` as one harmless line: control characters and runs of blanks become one blank, marks that turn the direction of
 * text are dropped, and it is cut to 300 characters. Null when nothing is left.
 */
export function oneLine(text: string | null): string | null {
  if (text === null) return null;
  const line = text
    .slice(0, 20_000)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point.
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  if (line === '') return null;
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/**
 * The useful line of a failed submission. The operator hands on 6 to 9 kB of spark-submit's log with stack traces, with a
 * prefix of its own repeated; what happened stands in the first "Exception in thread" line, there after "Message:".
 */
export function submissionError(message: string): string | null {
  const text = message.slice(0, 100_000);
  const exception = /Exception in thread "[^"\n]*" ([^\n]*)/.exec(text)?.[1];
  const line = exception ?? /^.*\bMessage: .*$/m.exec(text)?.[0] ?? /^.*(?:exceeded quota|is forbidden).*$/m.exec(text)?.[0];
  if (line !== undefined) return oneLine(afterMessage(line));
  return oneLine(text.replace(/^(?:failed to (?:submit spark application|run spark-submit): )+/i, '').split('\n', 1)[0] ?? '');
}

/** fabric8 words every 403 as "Forbidden! … doesn't have permission."; the API server's own sentence follows it. */
function afterMessage(line: string): string {
  const message = line.split(/\bMessage: /).at(1) ?? line.replace(/^[\w.$]+(?:Exception|Error): /, '');
  return (
    message.replace(
      /^Forbidden!\s*(?:User \S+ doesn't have permission\.|Configured service account doesn't have access\.(?: Service account may have been revoked\.)?)\s*/,
      '',
    ) || line
  );
}

/**
 * Why a container does not start. The kubelet alternates between ErrImagePull and ImagePullBackOff every few seconds: both
 * read the same here, so that the change is no news.
 */
export function waitingWhy(reason: string, message: string | null, image: string | null): string | null {
  const word = waitingWord(reason);
  if (word === 'ContainerCreating' || word === 'PodInitializing') return null;
  const detail =
    word === 'ImagePullBackOff' ? (message ?? '').replace(/^Back-off pulling image "[^"]*"(?:: ErrImagePull: )?/, '') : message;
  return oneLine(`${word}: ${detail || image || ''}`.replace(/: $/, ''));
}

/** The waiting reason under one name: ErrImagePull and ImagePullBackOff are the same state seen at two moments. */
export function waitingWord(reason: string): string {
  return reason === 'ErrImagePull' ? 'ImagePullBackOff' : reason;
}

/**
 * What Spark means by the exit codes that it chooses itself (`SparkExitCode`, `ExecutorExitCode`), and a shell or the kernel by
 * those that Spark's containers end with. 1 is any error of the job's own.
 */
const meanings: Record<number, string> = {
  11: 'too many executors failed',
  50: 'uncaught exception',
  51: 'uncaught exception',
  52: 'Java ran out of memory',
  53: 'no local directory could be made',
  56: 'no heartbeat reached the driver',
  126: 'the command cannot be run',
  127: 'the command was not found',
  134: 'aborted',
  137: 'killed',
  139: 'segmentation fault',
  143: 'told to stop',
};

/** {@link exitWhy} of a driver or an executor: what the code means stands where the kubelet says no more than `Error`. */
export function sparkExitWhy(exitCode: number, reason: string | null, message: string | null): string {
  return exitWhy(exitCode, reason === null || reason === 'Error' ? (meanings[exitCode] ?? null) : reason, message);
}

/** How a container ended, in one line: `exit 1`, `exit 137 (OOMKilled)`. */
export function exitWhy(exitCode: number, reason: string | null, message: string | null): string {
  const named = reason === null || reason === 'Error' || reason === 'Completed' ? '' : ` (${reason})`;
  return oneLine(`exit ${exitCode}${named}${message === null ? '' : `: ${message}`}`) ?? `exit ${exitCode}`;
}
