import { createServer, type ServerResponse } from 'node:http';
import type { IFileSystem } from 'just-bash';
import type { SessionParts } from '../session-parts.ts';
import { failed, out, type Result } from './command.ts';

/** `python3 -m http.server PORT`: serves the files of the container to what connects to the port, until it is ended. */
export async function serveFiles(
  parts: SessionParts,
  port: number,
  files: IFileSystem,
  directory: string,
  signal: AbortSignal,
): Promise<Result> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://pod');
    void answer(files, `${directory}/.${decodeURIComponent(pathname)}`, response);
  });
  const close = parts.container.listen(port, (connection) => server.emit('connection', connection));
  if (close === null) return failed('OSError: [Errno 98] Address already in use\n');
  await parts.output.stdout(Buffer.from(`Serving HTTP on 0.0.0.0 port ${port} (http://0.0.0.0:${port}/) ...\n`));
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  close();
  server.closeAllConnections();
  return out('');
}

async function answer(files: IFileSystem, path: string, response: ServerResponse): Promise<void> {
  const at = files.resolvePath('/', path);
  try {
    const { isDirectory } = await files.stat(at);
    const content = isDirectory ? `${(await files.readdir(at)).join('\n')}\n` : Buffer.from(await files.readFileBuffer(at));
    response.writeHead(200, { 'Content-Type': isDirectory ? 'text/html' : 'application/octet-stream' }).end(content);
  } catch {
    response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Error response</h1><p>Error code: 404</p>');
  }
}
