/** Where an API server listens. */
export interface ServerAddress {
  url: URL;
  /** `https://host:port`, for words and keys; a user name or password in the address is left out. */
  shown: string;
}

/** Reads a kubeconfig's `server`, with client-go's defaults (no scheme: `http`, unless the port is 443). Null when it is no address. */
export function apiServer(server: string): ServerAddress | null {
  if (server === '') return null;
  const text = server.includes('://') ? server : `${/:443(\/|$)/.test(server) ? 'https' : 'http'}://${server}`;
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') return null;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return { url, shown: `${url.protocol}//${url.hostname}:${port}${url.pathname.replace(/\/+$/, '')}` };
}
