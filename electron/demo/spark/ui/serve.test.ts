import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { UiPlace } from './place.ts';
import { type SparkUi, startSparkUi } from './serve.ts';
import { shuffling } from './ui.fixture.ts';

let ui: SparkUi | null = null;
afterEach(() => ui?.close());

function get(
  place: UiPlace,
  path: string,
  headers = {},
): Promise<{ code: number | undefined; headers: IncomingHttpHeaders; body: string }> {
  ui?.close();
  ui = startSparkUi(place);
  const stream = ui.connect();
  return new Promise((resolve, reject) => {
    request({ path, headers: { Host: 'localhost:4040', ...headers }, createConnection: () => stream }, (response) => {
      void text(response).then((body) => resolve({ code: response.statusCode, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

describe('the web UI', () => {
  test.each([
    ['/', '/jobs/'],
    ['/jobs', '/jobs/'],
    ['/executors', '/executors/'],
    ['/nothing/here', '/jobs/'],
  ])('%s goes to %s', async (path, target) => {
    expect(await get(shuffling(), path)).toMatchObject({ code: 302, headers: { location: `http://localhost:4040${target}` } });
  });

  test.each([
    ['/jobs/', 'activeJob-table'],
    ['/jobs/job/?id=0', 'map at A.java:1'],
    ['/stages/', '2.0 KiB'],
    ['/stages/stage/?id=1&attempt=0', 'java.lang.Error: &#60;bad&#62;'],
    ['/storage/', 'Storage'],
    ['/environment/', 'spark.executor.memory'],
    ['/executors/', '10.1.0.2:40000'],
    ['/SQL/', 'SQL'],
  ])('%s shows %s, and says what it is', async (path, shown) => {
    const { code, headers, body } = await get(shuffling(), path);
    expect(code).toBe(200);
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(body).toContain(shown);
    expect(body).toContain('Stand-in for the web UI');
  });

  test('names are text', async () => {
    const { body } = await get(shuffling({}, '<script>alert(1)</script>'), '/jobs/');
    expect(body).not.toContain('<script');
    expect(body).toContain('&#60;script&#62;');
  });

  test('links and redirects carry the prefix of the proxy, of the configuration or else of the request', async () => {
    expect((await get(shuffling({ 'spark.ui.proxyBase': '/apps/orders' }), '/jobs/')).body).toContain(
      'href="/apps/orders/stages/"',
    );
    expect((await get(shuffling(), '/jobs/', { 'X-Forwarded-Context': '/mine' })).body).toContain(
      'href="/mine/static/webui.css"',
    );
    expect((await get(shuffling({ 'spark.ui.proxyBase': '/p' }), '/')).headers.location).toBe('http://localhost:4040/p/jobs/');
  });

  test('before the pages are there every path has the same sentence', async () => {
    const { code, body } = await get({ ...shuffling(), attached: () => false }, '/api/v1/version');
    expect({ code, body }).toEqual({ code: 200, body: "Spark is starting up. Please wait a while until it's ready." });
  });

  test('close ends the connections', async () => {
    ui = startSparkUi(shuffling());
    const stream = ui.connect();
    const closed = new Promise((resolve) => stream.once('close', resolve));
    ui.close();
    await closed;
    expect(stream.destroyed).toBe(true);
  });
});
