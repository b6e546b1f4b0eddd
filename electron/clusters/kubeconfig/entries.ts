/** A `clusters:` entry. Paths are absolute; data is as it stands in the file (base64). */
export interface ClusterEntry {
  name: string;
  server: string;
  certificateAuthority: string | null;
  certificateAuthorityData: string | null;
  tlsServerName: string | null;
  insecureSkipTlsVerify: boolean;
  proxyUrl: string | null;
  /** What `provideClusterInfo` hands to a plugin as `config` (extension `client.authentication.k8s.io/exec`). */
  execExtension: unknown;
}

/** How to run a login plugin (`exec:` of a user). */
export interface ExecEntry {
  apiVersion: string;
  command: string;
  args: string[];
  env: { name: string; value: string }[];
  installHint: string | null;
  provideClusterInfo: boolean;
  interactiveMode: string | null;
}

/** A `users:` entry: secrets. It never leaves `electron/clusters`. */
export interface UserEntry {
  name: string;
  clientCertificate: string | null;
  clientCertificateData: string | null;
  clientKey: string | null;
  clientKeyData: string | null;
  token: string | null;
  tokenFile: string | null;
  username: string | null;
  password: string | null;
  impersonate: { user: string; uid: string | null; groups: string[]; extra: Record<string, string[]> } | null;
  authProvider: { name: string; config: Record<string, string> } | null;
  exec: ExecEntry | null;
}

/** A `contexts:` entry; empty names where the file has none. */
export interface ContextEntry {
  name: string;
  cluster: string;
  user: string;
  namespace: string | null;
}

/** What one file says. */
export interface ParsedFile {
  clusters: ClusterEntry[];
  users: UserEntry[];
  contexts: ContextEntry[];
  currentContext: string | null;
}

/** A context with all it refers to, ready to connect. Holds secrets. */
export interface ResolvedContext {
  context: ContextEntry;
  cluster: ClusterEntry;
  user: UserEntry;
}
