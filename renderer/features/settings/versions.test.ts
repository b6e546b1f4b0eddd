import { expect, test } from 'vitest';
import { versionsIn } from './versions.ts';

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) emberdeck/0.1.0 Chrome/130.0.6723.191 Electron/33.4.11 Safari/537.36',
    { Emberdeck: '0.1.0', Electron: '33.4.11', Chromium: '130.0.6723.191' },
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', { Firefox: '140.0' }],
  ['', {}],
])('%s', (userAgent, expected) => {
  expect(Object.fromEntries(versionsIn(userAgent).map(({ of, version }) => [of, version]))).toEqual(expected);
});
