import { dirname, isAbsolute, join, sep } from 'node:path';
import { type Document, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Failure } from '../../../shared/failure.ts';
import { duplicateKeys } from '../../../shared/yaml/duplicate-keys.ts';
import { isNestedTooDeeply } from '../../../shared/yaml/nesting.ts';
import type { ClusterEntry, ContextEntry, ExecEntry, ParsedFile, UserEntry } from './entries.ts';
import { Reader, StructureError } from './reader.ts';

/** Largest kubeconfig that is read, in bytes. */
export const SIZE_LIMIT = 4 * 1024 * 1024;

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec';

/**
 * What the kubeconfig `text` of the file `path` says, or `kubeconfig-invalid` with the place. Relative paths are resolved against
 * the folder of the file, an exec command only where it has a separator in it (client-go, `clientcmd/loader.go`). A name twice in
 * one list is an error, as it is to kubectl. No message repeats a value of the file.
 */
export function parseKubeconfig(path: string, text: string): ParsedFile | Failure {
  const invalid = (message: string, line: number | null, column: number | null): Failure => ({
    code: 'kubeconfig-invalid',
    path,
    line,
    column,
    message,
  });
  if (isNestedTooDeeply(text)) return invalid('it is nested too deeply', null, null);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    return invalid(syntaxMessage(error.code), line, col);
  }
  const [twice] = duplicateKeys(document);
  if (twice !== undefined) {
    const { line, col } = lines.linePos(twice.range?.[0] ?? 0);
    return invalid(syntaxMessage('DUPLICATE_KEY'), line, col);
  }
  if (aliasesIn(document) > ALIAS_LIMIT) return invalid('it has more YAML aliases than a kubeconfig can need', null, null);
  const reader = new Reader(document, lines);
  try {
    return readFile(reader, reader.map(document.contents, 'A kubeconfig'), dirname(path));
  } catch (failure) {
    if (failure instanceof StructureError) return invalid(failure.message, failure.line, failure.column);
    // Aliases that resolve to nothing or to too much; the library's text may quote the file.
    return invalid('the YAML cannot be resolved', null, null);
  }
}

/** Each alias is looked for in all of the document when it is followed. */
const ALIAS_LIMIT = 100;

function aliasesIn(document: Document): number {
  let count = 0;
  visit(document, {
    Alias() {
      count += 1;
    },
  });
  return count;
}

/** The parser's own texts quote the line, and a line of a kubeconfig may be a token. */
function syntaxMessage(code: string): string {
  return `not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}

function readFile(reader: Reader, root: Node | null, folder: string): ParsedFile {
  const absolute = (file: string | null) => (file === null || isAbsolute(file) ? file : join(folder, file));
  return {
    clusters: named(reader, root, 'clusters', 'cluster', (name, node) => readCluster(reader, name, node, absolute)),
    users: named(reader, root, 'users', 'user', (name, node) => readUser(reader, name, node, absolute)),
    contexts: named(reader, root, 'contexts', 'context', (name, node) => readContext(reader, name, node)),
    currentContext: reader.text(root, 'current-context', 'kubeconfig'),
  };
}

function named<Entry>(
  reader: Reader,
  root: Node | null,
  list: string,
  field: string,
  read: (name: string, node: Node | null) => Entry,
) {
  const names = new Set<string>();
  return reader.list(root, list, list).map((item) => {
    const entry = reader.map(item, `each entry of ${list}`);
    const name = reader.text(entry, 'name', list);
    if (name === null) throw reader.wrong(`an entry of ${list} has no name`, item);
    if (names.has(name)) throw reader.wrong(`${list} has the name "${name}" twice`, item);
    names.add(name);
    return read(name, reader.map(reader.child(entry, field), `${list}.${field}`));
  });
}

function readContext(reader: Reader, name: string, node: Node | null): ContextEntry {
  return {
    name,
    cluster: reader.text(node, 'cluster', 'context') ?? '',
    user: reader.text(node, 'user', 'context') ?? '',
    namespace: reader.text(node, 'namespace', 'context'),
  };
}

type Absolute = (file: string | null) => string | null;

function readCluster(reader: Reader, name: string, node: Node | null, absolute: Absolute): ClusterEntry {
  const extension = reader
    .list(node, 'extensions', 'cluster.extensions')
    .find((item) => reader.text(item, 'name', 'cluster.extensions') === EXEC_EXTENSION);
  return {
    name,
    server: reader.text(node, 'server', 'cluster') ?? '',
    certificateAuthority: absolute(reader.text(node, 'certificate-authority', 'cluster')),
    certificateAuthorityData: reader.text(node, 'certificate-authority-data', 'cluster'),
    tlsServerName: reader.text(node, 'tls-server-name', 'cluster'),
    insecureSkipTlsVerify: reader.flag(node, 'insecure-skip-tls-verify', 'cluster'),
    proxyUrl: reader.text(node, 'proxy-url', 'cluster'),
    execExtension: extension === undefined ? null : (reader.child(extension, 'extension')?.toJS(reader.document) ?? null),
  };
}

function readUser(reader: Reader, name: string, node: Node | null, absolute: Absolute): UserEntry {
  const text = (key: string) => reader.text(node, key, 'user');
  const impersonated = text('as');
  const extra = reader.map(reader.child(node, 'as-user-extra'), 'user.as-user-extra');
  const provider = reader.map(reader.child(node, 'auth-provider'), 'user.auth-provider');
  const exec = reader.map(reader.child(node, 'exec'), 'user.exec');
  return {
    name,
    clientCertificate: absolute(text('client-certificate')),
    clientCertificateData: text('client-certificate-data'),
    clientKey: absolute(text('client-key')),
    clientKeyData: text('client-key-data'),
    token: text('token'),
    tokenFile: absolute(text('tokenFile')),
    username: text('username'),
    password: text('password'),
    impersonate:
      impersonated === null
        ? null
        : {
            user: impersonated,
            uid: text('as-uid'),
            groups: reader.texts(node, 'as-groups', 'user'),
            extra: Object.fromEntries(reader.keys(extra).map((key) => [key, reader.texts(extra, key, 'user.as-user-extra')])),
          },
    authProvider:
      provider === null
        ? null
        : {
            name: reader.text(provider, 'name', 'user.auth-provider') ?? '',
            config: reader.record(provider, 'config', 'user.auth-provider'),
          },
    exec: exec === null ? null : readExec(reader, exec, absolute),
  };
}

function readExec(reader: Reader, node: Node, absolute: Absolute): ExecEntry {
  const command = reader.text(node, 'command', 'user.exec');
  if (command === null) throw reader.wrong('user.exec has no command', node);
  return {
    apiVersion: reader.text(node, 'apiVersion', 'user.exec') ?? '',
    // A bare name is looked up on PATH; anything with a separator is a path beside the file.
    command: command.includes(sep) ? (absolute(command) ?? command) : command,
    args: reader.texts(node, 'args', 'user.exec'),
    env: reader.list(node, 'env', 'user.exec.env').map((item) => ({
      name: reader.text(item, 'name', 'user.exec.env') ?? '',
      value: reader.text(item, 'value', 'user.exec.env') ?? '',
    })),
    installHint: reader.text(node, 'installHint', 'user.exec'),
    provideClusterInfo: reader.flag(node, 'provideClusterInfo', 'user.exec'),
    interactiveMode: reader.text(node, 'interactiveMode', 'user.exec'),
  };
}
