import { expect, it } from 'vitest';
import { proxyBaseOf } from './ui-probe.ts';

it.each([
  ['none', [['spark.app.name', 'pi']], ''],
  ['one', [['spark.ui.proxyBase', '/ingress/pi']], '/ingress/pi'],
  ['one that ends in a slash', [['spark.ui.proxyBase', '/pi/']], '/pi'],
  ['the root', [['spark.ui.proxyBase', '/']], ''],
  ['one that is no path', [['spark.ui.proxyBase', 'https://evil.example/']], ''],
  ['one with a query', [['spark.ui.proxyBase', '/pi?x']], ''],
  ['something that is no list', { 'spark.ui.proxyBase': '/pi' }, ''],
])('reads the prefix of the links: %s', (_name, properties, base) => {
  expect(proxyBaseOf(properties)).toBe(base);
});
