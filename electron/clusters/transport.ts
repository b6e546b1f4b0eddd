import http from 'node:http';
import https from 'node:https';
import { createSecureContext } from 'node:tls';
import { FailureError } from '../../shared/failure.ts';
import type { Credential } from './credentials/credential.ts';
import { readPem } from './credentials/files.ts';
import { errorCode } from './error-code.ts';
import type { ResolvedContext } from './kubeconfig/entries.ts';
import { proxyFor } from './proxy.ts';

/** Sockets idle for longer are closed from our side, before the API server's own 90 s. */
const IDLE_LIMIT = 60_000;
const KEEP_ALIVE_PROBE = 30_000;

/** Options of a kept-alive agent: TLS material of the cluster and of the credential. */
interface TlsOptions {
  ca?: string;
  cert?: string;
  key?: string;
  servername?: string;
  rejectUnauthorized?: boolean;
}

/** Makes the agent that speaks to the cluster as `credential`. Throws `credential-file`. */
export async function createAgent(
  { cluster, user }: ResolvedContext,
  server: URL,
  credential: Credential,
  environment: Record<string, string | undefined>,
): Promise<http.Agent> {
  const ca = await readPem(cluster.certificateAuthorityData, cluster.certificateAuthority);
  const tls: TlsOptions = {
    ...(ca === null ? {} : { ca }),
    ...(credential.certificate ?? {}),
    ...(cluster.tlsServerName === null ? {} : { servername: cluster.tlsServerName }),
    ...(cluster.insecureSkipTlsVerify ? { rejectUnauthorized: false } : {}),
  };
  const secure = server.protocol === 'https:';
  if (secure) checkMaterial(tls, cluster.name, user.name);
  const proxy = proxyFor(server, cluster.proxyUrl, environment);
  if (proxy !== null) return proxyAgent(server, tls, proxy);
  const kept = { keepAlive: true, keepAliveMsecs: KEEP_ALIVE_PROBE, timeout: IDLE_LIMIT };
  return secure ? new https.Agent({ ...kept, ...tls }) : new http.Agent(kept);
}

/** Says plainly which part of the TLS material cannot be used; otherwise every request would fail with OpenSSL's code. */
function checkMaterial(material: TlsOptions, cluster: string, user: string): void {
  const broken = (path: string, message: string) => new FailureError({ code: 'credential-file', path, message });
  const parts = [
    [material.ca, `certificate-authority of ${cluster}`],
    [material.cert, `client-certificate of ${user}`],
    [material.key, `client-key of ${user}`],
  ] as const;
  for (const [pem, name] of parts)
    if (pem !== undefined && !pem.includes('-----BEGIN ')) throw broken(name, 'it is not in PEM form');
  try {
    const { ca, cert, key } = material;
    createSecureContext({
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    });
  } catch (error) {
    throw broken(`certificates of ${user}`, `OpenSSL does not take them (${errorCode(error)})`);
  }
}

/** Agents that tunnel through HTTP and SOCKS proxies are client-node's; it is loaded only here. */
async function proxyAgent(server: URL, tls: TlsOptions, proxyUrl: string): Promise<http.Agent> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  const base64 = (text: string | undefined) => (text === undefined ? {} : { data: Buffer.from(text, 'utf8').toString('base64') });
  const [ca, cert, key] = [base64(tls.ca), base64(tls.cert), base64(tls.key)];
  config.loadFromClusterAndUser(
    {
      name: 'cluster',
      server: server.href,
      // client-node allows plain HTTP only together with this.
      skipTLSVerify: tls.rejectUnauthorized === false || server.protocol === 'http:',
      proxyUrl,
      ...(ca.data === undefined ? {} : { caData: ca.data }),
      ...(tls.servername === undefined ? {} : { tlsServerName: tls.servername }),
    },
    {
      name: 'user',
      ...(cert.data === undefined ? {} : { certData: cert.data }),
      ...(key.data === undefined ? {} : { keyData: key.data }),
    },
  );
  const options: https.RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { agent } = options;
  if (!(agent instanceof http.Agent))
    throw new FailureError({ code: 'unreachable', server: server.host, reason: 'its proxy-url is not usable' });
  return Object.assign(agent, { keepAlive: true });
}
