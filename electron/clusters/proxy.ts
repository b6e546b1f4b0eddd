type Environment = Record<string, string | undefined>;

/**
 * The proxy on the way to `server`, or null: the cluster's `proxy-url`, else `HTTPS_PROXY`/`HTTP_PROXY` unless `NO_PROXY` names the
 * host, as Go's `http.ProxyFromEnvironment` does for kubectl (loopback never goes through a proxy of the environment).
 */
export function proxyFor(server: URL, proxyUrl: string | null, environment: Environment): string | null {
  if (proxyUrl !== null) return proxyUrl;
  const read = (name: string) => environment[name] || environment[name.toLowerCase()] || null;
  const proxy = read(server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === null) return null;
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return null;
  const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port;
  const exceptions = (read('NO_PROXY') ?? '').split(',').map((entry) => entry.trim().toLowerCase());
  if (exceptions.some((entry) => entry !== '' && excepts(entry, host, port))) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function excepts(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const cidr = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(entry);
  if (cidr !== null) return inNetwork(host, cidr[1] ?? '', Number(cidr[2]));
  const [, name = entry, wantedPort] = /^(.*?):(\d+)$/.exec(entry) ?? [];
  if (wantedPort !== undefined && wantedPort !== port) return false;
  const bare = name.replace(/^\*?\./, '');
  return (host === bare && !name.startsWith('.') && !name.startsWith('*')) || host.endsWith(`.${bare}`);
}

function inNetwork(host: string, network: string, bits: number): boolean {
  const number = (address: string) => {
    const parts = address.split('.').map(Number);
    if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return null;
    return parts.reduce((sum, part) => sum * 256 + part, 0);
  };
  const [left, right] = [number(host), number(network)];
  if (left === null || right === null || bits > 32) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(left / size) === Math.floor(right / size);
}
