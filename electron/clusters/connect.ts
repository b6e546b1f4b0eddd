import type http from 'node:http';
import { FailureError } from '../../shared/failure.ts';
import type { Clock } from '../platform/world.ts';
import { type ApiTarget, apiTarget } from './api-path.ts';
import type { ApiAnswer, ApiRequest, Cluster } from './cluster.ts';
import { certificateEnd } from './credentials/certificate.ts';
import type { Credential, Credentials } from './credentials/credential.ts';
import type { ResolvedContext } from './kubeconfig/entries.ts';
import { isCertificateRefused, networkFailure } from './network-failure.ts';
import { chunksOf, parseBody, readAnswer, readBody } from './read-answer.ts';
import { dropIdle, type Incoming, send } from './send.ts';
import { apiServer } from './server-address.ts';
import { statusFailure } from './status-failure.ts';
import { createAgent } from './transport.ts';
import { openWebSocket } from './web-socket.ts';

const DEFAULT_TIME_LIMIT = 10_000;
/** A refusal's body is a `Status`; a proxy's page of HTML is not read to its end. */
const REFUSAL_LIMIT = 1024 * 1024;

/** What a connection needs of the world. */
export interface ConnectWorld {
  environment: Record<string, string | undefined>;
  clock: Clock;
}

/** A cluster and how to end all its connections. */
export interface Connected {
  cluster: Cluster;
  close(): void;
}

/** The API server of a context. Nothing is sent before the first request. */
export function connect(resolved: ResolvedContext, credentials: Credentials, world: ConnectWorld): Connected {
  const { clock, environment } = world;
  const address = apiServer(resolved.cluster.server);
  if (address === null) throw new FailureError({ code: 'context-incomplete', context: resolved.context.name, missing: 'server' });
  const server = address.shown;
  let kept: { credential: Credential; agent: Promise<http.Agent> } | null = null;
  const agents = new Set<http.Agent>();

  const agentFor = (credential: Credential): Promise<http.Agent> => {
    if (kept !== null && sameCertificate(kept.credential, credential)) return kept.agent;
    // Streams of the old credential go on; its idle connections would only be in the way.
    kept?.agent.then(dropIdle, () => {});
    const agent = createAgent(resolved, address.url, credential, environment).then((made) => {
      // Only agents with a stream on them must still be found at the end.
      for (const old of agents) if (Object.keys(old.sockets).length === 0) agents.delete(old);
      agents.add(made);
      return made;
    });
    const entry = { credential, agent };
    kept = entry;
    agent.catch(() => {
      if (kept === entry) kept = null;
    });
    return agent;
  };

  const urlOf = (path: string, query: ApiRequest['query'] = {}): URL => {
    const url = new URL(address.url.href);
    url.username = '';
    url.password = '';
    url.search = '';
    const [plain = '', written = ''] = path.split('?');
    url.pathname = `${address.url.pathname.replace(/\/+$/, '')}${plain}`;
    if (written !== '') url.search = written;
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.append(name, String(value));
    return url;
  };

  /** Runs `use` with the credentials; when the server refuses them, once more with newer ones. */
  const authorised = async <Result>(
    signal: AbortSignal | undefined,
    use: (credential: Credential, agent: http.Agent) => Promise<Result | Refused>,
  ): Promise<Result> => {
    signal?.throwIfAborted();
    let credential = await unlessAborted(credentials.get(), signal);
    for (let attempt = 1; ; attempt += 1) {
      const sent = agentFor(credential).then((agent) => use(credential, agent));
      const result = await sent.catch((error: unknown) => {
        if (signal?.aborted) throw signal.reason;
        throw failureOfConnection(error, credential);
      });
      if (!(result instanceof Refused)) return result;
      const newer = attempt === 1 ? await unlessAborted(credentials.renew(credential), signal) : null;
      if (newer === null) throw expiredCertificate(credential) ?? result.failure;
      credential = newer;
    }
  };

  const expiredCertificate = ({ certificate }: Credential): FailureError | null => {
    const end = certificate === null ? null : certificateEnd(certificate.cert);
    if (end === null || end > clock.now()) return null;
    return new FailureError({ code: 'certificate-expired', user: resolved.user.name, expiredAt: end });
  };

  const failureOfConnection = (error: unknown, credential: Credential): unknown => {
    if (error instanceof FailureError) return error;
    const expired = isCertificateRefused(error) ? expiredCertificate(credential) : null;
    return expired ?? new FailureError(networkFailure(error, server));
  };

  const refusal = async (incoming: Incoming, target: ApiTarget, sentBytes: number, signal: AbortSignal | undefined) => {
    const body = await readBody(incoming, server, signal, clock, REFUSAL_LIMIT);
    const retryAfter = incoming.message.headers['retry-after'];
    return new FailureError(
      statusFailure({ status: incoming.status, retryAfter, body: parseBody(incoming, body), target, server, sentBytes }),
    );
  };

  const exchange = (request: ApiRequest): Promise<Incoming> => {
    const { method, signal, query = {} } = request;
    const body = bodyOf(request.body);
    const watches = isOn(query.watch);
    const follows = watches || isOn(query.follow);
    const headers: Record<string, string | string[]> = {
      Accept: request.accept ?? 'application/json',
      'User-Agent': 'emberdeck',
      // The server packs lists only; something between us that packs a watch would hold events back.
      'Accept-Encoding': follows ? 'identity' : 'gzip',
      ...(body === null ? {} : { 'Content-Type': request.contentType ?? 'application/json' }),
    };
    return authorised(signal, async (credential, agent) => {
      const incoming = await send(
        {
          url: urlOf(request.path, query),
          method,
          headers: { ...headers, ...credential.headers },
          body,
          agent,
          timeLimit: request.timeoutMilliseconds ?? DEFAULT_TIME_LIMIT,
          signal,
          server,
        },
        clock,
      );
      if (incoming.status >= 200 && incoming.status < 300) return incoming;
      const failure = await refusal(incoming, apiTarget(method, request.path, watches), body?.length ?? 0, signal);
      if (incoming.status === 401) return new Refused(failure);
      throw failure;
    });
  };

  const cluster: Cluster = {
    context: resolved.context.name,
    namespace: resolved.context.namespace,
    server,
    async request(request): Promise<ApiAnswer> {
      return readAnswer(await exchange(request), server, request.signal, clock);
    },
    async stream(request) {
      return chunksOf(await exchange(request), server, request.signal);
    },
    websocket(path, query, protocols, signal) {
      return authorised(signal, async (credential, agent) => {
        const opened = await openWebSocket(
          urlOf(path, query),
          protocols,
          credential,
          agent,
          signal,
          DEFAULT_TIME_LIMIT,
          server,
          clock,
        );
        if (!('status' in opened)) return opened;
        const failure = await refusal(opened, apiTarget('GET', path), 0, signal);
        if (opened.status === 401) return new Refused(failure);
        throw failure;
      });
    },
  };
  return {
    cluster,
    close() {
      for (const agent of agents) agent.destroy();
    },
  };
}

/** A 401: the credentials may be renewed. */
class Refused {
  readonly failure: FailureError;

  constructor(failure: FailureError) {
    this.failure = failure;
  }
}

function sameCertificate({ certificate: one }: Credential, { certificate: other }: Credential): boolean {
  return one === other || (one !== null && other !== null && one.cert === other.cert && one.key === other.key);
}

function isOn(value: string | number | boolean | undefined): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

function bodyOf(body: unknown): Buffer | null {
  if (body === undefined) return null;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');
}

/** `work`, or the reason of `signal` as soon as it aborts; the work itself goes on for the others who wait for it. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}
