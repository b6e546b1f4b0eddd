/**
 * What the page may load, sent as a header by both servers of it (`window.ts`, `serve.ts`). Styles are inline because Monaco and
 * Mantine set them; scripts never are. Frames are the user's own forwards, on loopback only.
 */
export function contentSecurityPolicy(connect: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "worker-src 'self'",
    `connect-src ${connect}`,
    'frame-src http://127.0.0.1:*',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ttf: 'font/ttf',
  woff2: 'font/woff2',
  ico: 'image/x-icon',
};

/** Content type of a file of the page, or null when it is none the page is made of. */
export function contentType(path: string): string | null {
  return types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? null;
}

/**
 * The file of the page that `address` names, from the root of its folder; null for an address of another host, one that leads out of the
 * folder and one that cannot be read.
 */
export function pageFile(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'app:' || url.host !== 'emberdeck') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  // Only what a build writes: no way up, no other separator, no drive, nothing that ends a text early.
  return /^\/[\w./-]*$/.test(path) && !path.includes('..') ? (path === '/' ? '/index.html' : path) : null;
}

/** Addresses that may be handed to the user's browser: https anywhere, http only to this machine. */
export function mayOpenOutside(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && url.hostname === '127.0.0.1' && url.port !== '';
}
