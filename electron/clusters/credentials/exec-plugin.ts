import { FailureError } from '../../../shared/failure.ts';
import { runProgram } from '../../platform/child-process.ts';
import type { Clock } from '../../platform/world.ts';
import type { ClusterEntry, ExecEntry } from '../kubeconfig/entries.ts';
import { EXEC_VERSIONS, type ExecCredential, execInfo, readExecAnswer } from './exec-protocol.ts';
import { findProgram, loginShellPath, programExtensions } from './find-program.ts';
import { lastLineOf } from './words-of-plugin.ts';

/** What running login plugins needs of the world. `timeLimit` is milliseconds. */
export interface PluginWorld {
  environment: Record<string, string | undefined>;
  clock: Clock;
  timeLimit: number;
}

/**
 * Runs the login plugin once. Throws `plugin-absent`, `plugin-failed`, `plugin-hung` or `plugin-rubbish`; none repeats what the
 * plugin printed to standard output.
 */
export async function runExecPlugin(
  exec: ExecEntry,
  cluster: ClusterEntry,
  certificateAuthority: string | null,
  world: PluginWorld,
): Promise<ExecCredential> {
  const binary = exec.command;
  const failed = (exitCode: number | null, lastLine: string) =>
    new FailureError({ code: 'plugin-failed', binary, exitCode, lastLine });
  if (!EXEC_VERSIONS.includes(exec.apiVersion))
    throw failed(
      null,
      `The kubeconfig asks for "${exec.apiVersion}"; kubectl and Emberdeck speak ${EXEC_VERSIONS.join(' and ')}.`,
    );
  if (exec.interactiveMode === 'Always')
    throw failed(null, 'It must ask in a terminal (interactiveMode: Always), and there is none here.');

  const env: Record<string, string | undefined> = { ...world.environment };
  for (const { name, value } of exec.env) env[name] = value;
  env.KUBERNETES_EXEC_INFO = execInfo(exec, cluster, certificateAuthority);
  const extensions = programExtensions(env);
  let file = findProgram(binary, env.PATH ?? '', extensions);
  if (file === null) {
    const path = await loginShellPath(world.environment, world.clock);
    file = path === null ? null : findProgram(binary, path, extensions);
    // Plugins call programs of their own (gcloud, aws), which will stand in the same folders.
    if (path !== null) env.PATH = path;
  }
  const absent = new FailureError({ code: 'plugin-absent', binary, installHint: exec.installHint });
  if (file === null) throw absent;

  const outcome = await runProgram({ file, args: exec.args, env, timeLimit: world.timeLimit }, world.clock);
  switch (outcome.end) {
    case 'absent':
      if (outcome.reason === 'ENOENT') throw absent;
      throw failed(null, `It could not be started (${outcome.reason}).`);
    case 'hung':
      throw new FailureError({
        code: 'plugin-hung',
        binary,
        seconds: Math.round(world.timeLimit / 1000),
        lastLine: lastLineOf(outcome.stderr),
      });
    case 'exited': {
      if (outcome.exitCode !== 0) throw failed(outcome.exitCode, lastLineOf(outcome.stderr));
      const answer = readExecAnswer(outcome.stdout, exec.apiVersion);
      if (typeof answer === 'string')
        throw new FailureError({ code: 'plugin-rubbish', binary, lastLine: lastLineOf(outcome.stderr), message: answer });
      return answer;
    }
  }
}
