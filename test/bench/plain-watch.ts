import { get } from 'node:https';

/**
 * The least that a watch can be: prints the time and the message of each event it reads. `WATCH_URL`, `WATCH_TOKEN` and
 * `WATCH_AUTHORITY` (PEM) say where.
 */
const headers = { authorization: `Bearer ${process.env.WATCH_TOKEN ?? ''}` };

get(process.env.WATCH_URL ?? '', { headers, ca: process.env.WATCH_AUTHORITY ?? '' }, (response) => {
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message: unknown = JSON.parse(line).object?.status?.applicationState?.errorMessage;
      process.stdout.write(`${Date.now()} ${String(message)}\n`);
    }
  });
});
