import { listAt, recordAt } from '../../json.ts';
import { conf, type Row, scalarAt } from './argument.ts';
import type { Role } from './role.ts';

/** Variables out of Secrets: `…secretKeyRef.NAME=secret:key`. */
export function secretVariables(role: Role): Row {
  return ({ application }) => {
    const path = ['spec', role, 'envSecretKeyRefs'];
    return Object.entries(recordAt(application, ...path))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, reference]) => {
        const text = `${scalarAt(reference, ['name']) ?? ''}:${scalarAt(reference, ['key']) ?? ''}`;
        return conf(`spark.kubernetes.${role}.secretKeyRef.${name}`, text, [...path, name]);
      });
  };
}

/** The variable and the file a secret of a known type brings with it. Types are told apart by upper and lower case. */
const credentials: Record<string, { variable: string; file: string } | undefined> = {
  GCPServiceAccount: { variable: 'GOOGLE_APPLICATION_CREDENTIALS', file: 'key.json' },
  HadoopDelegationToken: { variable: 'HADOOP_TOKEN_FILE_LOCATION', file: 'hadoop.token' },
};

/**
 * Secrets as files, in the YAML's order (`driverSecretOption`, `executorSecretOption` of `submission.go`); `environment` begins
 * the keys of the pod's variables.
 */
export function secretFiles(role: Role, environment: string): Row {
  return ({ application }) =>
    listAt(application, 'spec', role, 'secrets').flatMap((secret, index) => {
      const origin = ['spec', role, 'secrets', index];
      const path = scalarAt(secret, ['path']) ?? '';
      const mount = conf(`spark.kubernetes.${role}.secrets.${scalarAt(secret, ['name']) ?? ''}`, path, origin);
      const type = scalarAt(secret, ['secretType']) ?? '';
      const brought = Object.hasOwn(credentials, type) ? credentials[type] : undefined;
      if (brought === undefined) return [mount];
      return [mount, conf(`${environment}${brought.variable}`, joinedPath(path, brought.file), origin)];
    });
}

/** As Go's `filepath.Join` prints it: without `.`, `..` and double slashes, which the mount itself keeps. */
function joinedPath(folder: string, file: string): string {
  const isAbsolute = folder.startsWith('/');
  const kept: string[] = [];
  for (const part of [...folder.split('/'), file]) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isAbsolute) kept.push(part);
  }
  return `${isAbsolute ? '/' : ''}${kept.join('/')}`;
}
