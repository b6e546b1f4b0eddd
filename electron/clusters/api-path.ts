/** What a request to the API server is about, read from its method and path alone. */
export interface ApiTarget {
  verb: string;
  /** Empty for the core group. */
  group: string;
  /** Plural, with a subresource (`pods/log`); the path itself for paths that are no resource (`/version`). */
  resource: string;
  namespace: string | null;
  name: string | null;
}

const VERBS: Record<string, string> = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

/** Reads `path` as the API server does (kubernetes.io/docs/reference/using-api/api-concepts, "Resource URIs"). */
export function apiTarget(method: string, path: string, watching = false): ApiTarget {
  const parts = (path.split('?')[0] ?? '')
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  const verb = VERBS[method] ?? method.toLowerCase();
  const [root] = parts;
  const rest = root === 'api' ? parts.slice(2) : root === 'apis' ? parts.slice(3) : [];
  if (rest.length === 0) return { verb, group: '', resource: path.split('?')[0] ?? path, namespace: null, name: null };
  const group = root === 'apis' ? (parts[1] ?? '') : '';
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2;
  const [plural = '', name = null, ...sub] = inNamespace ? rest.slice(2) : rest;
  const namespace = inNamespace ? (rest[1] ?? null) : null;
  const listed = name === null && method === 'GET' ? (watching ? 'watch' : 'list') : verb;
  return {
    verb: name === null && method === 'DELETE' ? 'deletecollection' : listed,
    group,
    resource: sub.length > 0 ? `${plural}/${sub.join('/')}` : plural,
    namespace,
    name,
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
