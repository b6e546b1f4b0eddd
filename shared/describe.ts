import type { Failure } from './failure.ts';
import { visible } from './visible.ts';

/** A failure in words: what happened, and below it what it may mean or what to do. Plain text; parts of it come from servers and plugins. */
export interface Description {
  /** One sentence: what happened, and where. */
  title: string;
  /** The other side's own words, where there are more than the title has. */
  detail: string | null;
  /** What it may mean, or what to do. */
  advice: string | null;
  /** A command line that someone may run against it; several lines when one will not do. */
  command: string | null;
}

/** The words for `failure`. This is the only place that has them; a code without words does not compile. */
export function describe(failure: Failure): Description {
  switch (failure.code) {
    case 'kubeconfig-missing':
      return words(`There is no kubeconfig at ${failure.path}.`, {
        advice: 'Choose another file, or create this one; it is picked up at once.',
      });
    case 'kubeconfig-invalid':
      return words(
        `${place(failure.path, failure.line, failure.column)} is no kubeconfig that can be read: ${plain(failure.message)}.`,
        {
          advice: 'Its contexts are left out until it is mended; other files still work.',
        },
      );
    case 'context-unknown':
      return words(`No kubeconfig file has a context named ${failure.context}.`, {
        advice: 'It may have been renamed or removed. Choose another context.',
      });
    case 'context-incomplete':
      return words(`The context ${failure.context} cannot be used: its ${failure.missing} is missing.`, {
        advice: 'Add what is missing to the kubeconfig; it is picked up at once.',
      });
    case 'credential-file':
      return words(`${failure.path} cannot be used to sign in: ${plain(failure.message)}.`, {
        advice: 'The kubeconfig names it as a certificate, key or token.',
      });
    case 'certificate-expired':
      return words(`The client certificate of ${failure.user} expired on ${utcDate(failure.expiredAt)}.`, {
        advice: 'Get a new kubeconfig, or renew the certificate in the present one.',
      });
    case 'plugin-absent':
      return words(`The login plugin ${failure.binary} is not installed, or not on the PATH.`, {
        detail: failure.installHint,
        advice: 'Install it, or write its full path into the kubeconfig.',
      });
    case 'plugin-failed':
      return words(
        `The login plugin ${failure.binary} failed${failure.exitCode === null ? '' : ` with exit code ${failure.exitCode}`}.`,
        {
          detail: orNothing(failure.lastLine),
          advice: 'Sign in with it in a terminal, then retry.',
        },
      );
    case 'plugin-hung':
      return words(`The login plugin ${failure.binary} did not end within ${failure.seconds} s and was stopped.`, {
        detail: orNothing(failure.lastLine),
        advice: 'It may wait for an answer in a terminal or a browser. Sign in with it there, then retry.',
      });
    case 'plugin-rubbish':
      return words(`The login plugin ${failure.binary} did not give a credential: ${plain(failure.message)}.`, {
        detail: orNothing(failure.lastLine),
        advice: 'Its version may not fit the kubeconfig.',
      });
    case 'unreachable':
      return words(`The API server at ${hostOf(failure.server)} cannot be reached: ${plain(failure.reason)}.`, {
        advice: 'It may be asleep, or the VPN is down.',
      });
    case 'no-answer':
      return words(`The API server at ${hostOf(failure.server)} did not answer for ${failure.seconds} s.`, {
        advice: 'It may be asleep, or the VPN is down.',
      });
    case 'untrusted':
      return words(`The API server at ${hostOf(failure.server)} is not trusted: ${plain(failure.reason)}.`, {
        advice: 'The certificate authority in the kubeconfig may be out of date, or something stands in between.',
      });
    case 'unauthorised':
      return words(`The API server at ${hostOf(failure.server)} does not accept these credentials.`, {
        detail: failure.message === 'Unauthorized' ? null : orNothing(failure.message),
        advice: 'Sign in again, or get a new kubeconfig.',
      });
    case 'forbidden':
      return describeForbidden(failure, []);
    case 'kind-absent':
      return words(`This cluster does not know ${resourceName(failure.kind, failure.group)}.`, {
        advice: 'The operator that brings the kind may not be installed here.',
        command: failure.group === '' ? null : `kubectl api-resources --api-group=${failure.group}`,
      });
    case 'not-found':
      return words(`There is no ${singular(failure.kind)} ${failure.name}${inNamespace(failure.namespace)}.`, {
        advice: 'It may have been deleted meanwhile.',
      });
    case 'name-taken':
      return words(`There is already a ${singular(failure.kind)} ${failure.name}${inNamespace(failure.namespace)}.`, {
        advice: 'Choose another name.',
      });
    case 'conflict':
      return words(`${singular(failure.kind)} ${failure.name} was changed by someone else meanwhile.`, {
        detail: orNothing(failure.message),
        advice: 'Look at its present state and try again.',
      });
    case 'invalid':
      return words('The server does not accept the manifest.', {
        detail:
          failure.causes.length > 0
            ? failure.causes.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('\n')
            : orNothing(failure.message),
      });
    case 'too-many-requests':
      return words('The API server has too much to do and sent the request away.', {
        advice: failure.retryAfterSeconds === null ? 'Try again in a moment.' : `Try again in ${failure.retryAfterSeconds} s.`,
      });
    case 'server-error':
      return words(`The API server answered with status ${failure.status}.`, {
        detail: orNothing(failure.message),
        advice: failure.status >= 500 ? 'The cluster may be starting or in trouble.' : null,
      });
    case 'yaml':
      return words(`Line ${failure.line}, column ${failure.column} is no valid YAML: ${plain(failure.message)}.`, {});
    case 'wrong-kind':
      return words(`Line ${failure.line}: ${failure.found === '' ? 'this' : failure.found} is no kind of Spark application.`, {
        advice: 'Use SparkApplication of sparkoperator.k8s.io/v1beta2, or another kind that the completion offers.',
      });
    case 'empty':
      return words('There is nothing to submit.', { advice: 'Write a manifest, or start from a template.' });
    case 'too-large':
      return words(`${binarySize(failure.bytes)} are too much; the limit is ${binarySize(failure.limit)}.`, {
        advice: 'Put large data into a ConfigMap, a volume or an object store.',
      });
    case 'backend-lost':
      return words('The part of Emberdeck that talks to clusters has stopped.', {
        advice: 'It is being started again; what you typed is kept.',
      });
    case 'demo-ended':
      return words('The demo cluster has ended.', {
        detail: orNothing(failure.message),
        advice: 'Start it again; it begins anew, without what was in it.',
      });
    case 'storage':
      return words(`${failure.path} cannot be read or written: ${plain(failure.message)}.`, {
        advice: 'Check the disk and the permissions of the folder.',
      });
    case 'internal':
      return words('Something in Emberdeck went wrong.', {
        detail: orNothing(failure.message),
        advice: 'Try again. If it stays, please report it.',
      });
    default:
      return unworded(failure);
  }
}

/** Does not compile while a code has no words above. */
function unworded(failure: never): Description {
  return words('Something went wrong that has no words yet.', { detail: JSON.stringify(failure) });
}

function words(title: string, rest: Partial<Omit<Description, 'title'>>): Description {
  const { detail = null, advice = null, command = null } = rest;
  return { title: visible(title), detail: detail && visible(detail), advice: advice && visible(advice), command };
}

function orNothing(text: string): string | null {
  return text.trim() === '' ? null : text;
}

/** Fit for the middle of a sentence that ends with its own full stop. */
function plain(text: string): string {
  return text.trim().replace(/\.$/, '');
}

function place(path: string, line: number | null, column: number | null): string {
  if (line === null) return path;
  return column === null ? `${path}, line ${line},` : `${path}, line ${line}, column ${column},`;
}

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, '');
}

function inNamespace(namespace: string | null): string {
  return namespace === null ? '' : ` in ${namespace}`;
}

function resourceName(resource: string, group: string): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** `pods` → `pod`; a kind (`SparkApplication`) stays as it is. */
function singular(kind: string): string {
  if (!/^[a-z]/.test(kind)) return kind;
  if (kind.endsWith('ies')) return `${kind.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(kind)) return kind.slice(0, -2);
  return kind.endsWith('s') && !kind.endsWith('ss') ? kind.slice(0, -1) : kind;
}

export type Forbidden = Extract<Failure, { code: 'forbidden' }>;

/**
 * What one user may not do, with one command that grants all of it. `others` are refusals of the same verb for the same user and
 * namespace, of other resources; the server's own words are left out where there are several.
 */
export function describeForbidden(first: Forbidden, others: readonly Forbidden[]): Description {
  const all = [first, ...others];
  const names = all.map(({ resource, group }) => resourceName(resource, group));
  const last = names.pop() ?? '';
  const resources = names.length === 0 ? last : `${names.join(', ')} and ${last}`;
  const canBeGranted = all.every(grantable);
  return words(`${first.user ?? 'This user'} may not ${first.verb} ${resources}${inNamespace(first.namespace)}.`, {
    detail: others.length === 0 ? orNothing(first.message) : null,
    advice: canBeGranted ? 'An administrator can grant it:' : 'Ask an administrator of the cluster for it.',
    command: canBeGranted ? grantCommand(first, others) : null,
  });
}

const NAME = /^[A-Za-z0-9*][\w.:@*-]*$/;

/** Whether a role can be written for it; names that a shell could read otherwise are never put into a command. */
function grantable({ user, verb, resource, group, namespace }: Forbidden): boolean {
  const isNonResource = resource.startsWith('/');
  const parts = isNonResource ? [verb, user] : [verb, user, ...resource.split('/'), ...(group === '' ? [] : [group]), namespace];
  if (isNonResource && !/^[\w/.*-]+$/.test(resource)) return false;
  return user !== null && parts.every((part) => part === null || NAME.test(part));
}

/**
 * Role and binding for what was refused. Reading a table takes list and watch together, so get, list and watch come as one; so do
 * create and patch, which a server-side apply of a new object asks for one after the other.
 */
function grantCommand(first: Forbidden, others: readonly Forbidden[]): string {
  const { user, verb, namespace } = first;
  const all = [first, ...others];
  const plainName = (resource: string) => resource.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '');
  const name = `emberdeck-${verb}-${[...new Set(all.map(({ resource }) => plainName(resource)))].join('-')}`.toLowerCase();
  const isUrl = (resource: string) => resource.startsWith('/');
  const together = [
    ['get', 'list', 'watch'],
    ['create', 'patch'],
  ].find((each) => each.includes(verb));
  const verbs = together === undefined || isUrl(first.resource) ? verb : together.join(',');
  const urls = all.filter(({ resource }) => isUrl(resource)).map(({ resource }) => `--non-resource-url=${resource}`);
  const resources = all.filter(({ resource }) => !isUrl(resource)).map(wholeName);
  const what = [...urls, ...(resources.length === 0 ? [] : [`--resource=${resources.join(',')}`])].join(' ');
  const [role, binding, scope] =
    namespace === null ? ['clusterrole', 'clusterrolebinding', ''] : ['role', 'rolebinding', ` --namespace=${namespace}`];
  const service = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user ?? '');
  const subject = service === null ? `--user=${user}` : `--serviceaccount=${service[1]}:${service[2]}`;
  return [
    `kubectl create ${role} ${name}${scope} --verb=${verbs} ${what}`,
    `kubectl create ${binding} ${name}${scope} --${role}=${name} ${subject}`,
  ].join('\n');
}

/** As kubectl takes a resource: `pods/log`, `sparkapplications.sparkoperator.k8s.io/status`. */
function wholeName({ resource, group }: Forbidden): string {
  const [plural = resource, ...subresource] = resource.split('/');
  return `${resourceName(plural, group)}${subresource.map((part) => `/${part}`).join('')}`;
}

const DAY = 86_400_000;

/** `2026-03-01` of epoch milliseconds, in UTC; civil-from-days, because this folder has no `Date`. */
function utcDate(time: number): string {
  const days = Math.floor(time / DAY) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function binarySize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
