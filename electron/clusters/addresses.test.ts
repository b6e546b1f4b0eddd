import { expect, test } from 'vitest';
import { networkFailure } from './network-failure.ts';
import { proxyFor } from './proxy.ts';
import { apiServer } from './server-address.ts';

test.each([
  ['https://10.0.0.1:6443', 'https://10.0.0.1:6443'],
  ['https://h', 'https://h:443'],
  ['https://rancher/k8s/clusters/c-1/', 'https://rancher:443/k8s/clusters/c-1'],
  ['https://[::1]:6443', 'https://[::1]:6443'],
  ['https://user:CANARY@h', 'https://h:443'],
  ['h:443', 'https://h:443'],
  ['localhost:8080', 'http://localhost:8080'],
  ['', undefined],
  ['ftp://h', undefined],
  ['https://', undefined],
])('the server %j is shown as %j', (server, shown) => {
  expect(apiServer(server)?.shown).toBe(shown);
});

test.each([
  ['https://api.example.com', null, { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128'],
  ['https://api.example.com', 'socks5://s:1080', { HTTPS_PROXY: 'http://p:3128' }, 'socks5://s:1080'],
  ['https://api.example.com', null, { https_proxy: 'p:3128' }, 'http://p:3128'],
  ['http://api.example.com', null, { HTTPS_PROXY: 'http://p:3128' }, null],
  ['https://127.0.0.1:6443', null, { HTTPS_PROXY: 'http://p:3128' }, null],
  ['https://[::1]:6443', null, { HTTPS_PROXY: 'http://p:3128' }, null],
  ['https://api.example.com', null, { HTTPS_PROXY: 'http://p', NO_PROXY: 'other, .example.com' }, null],
  ['https://example.com', null, { HTTPS_PROXY: 'http://p', NO_PROXY: '.example.com' }, 'http://p'],
  ['https://badexample.com', null, { HTTPS_PROXY: 'http://p', NO_PROXY: 'example.com' }, 'http://p'],
  ['https://10.1.2.3', null, { HTTPS_PROXY: 'http://p', NO_PROXY: '10.0.0.0/8' }, null],
  ['https://11.1.2.3', null, { HTTPS_PROXY: 'http://p', NO_PROXY: '10.0.0.0/8' }, 'http://p'],
  ['https://h:6443', null, { HTTPS_PROXY: 'http://p', NO_PROXY: 'h:443' }, 'http://p'],
  ['https://h', null, { HTTPS_PROXY: 'http://p', NO_PROXY: 'h:443' }, null],
  ['https://h', null, { HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, null],
])('to %s with proxy-url %j and %j', (server, proxyUrl, environment, expected) => {
  expect(proxyFor(new URL(server), proxyUrl, environment)).toBe(expected);
});

test.each([
  ['ECONNREFUSED', 'unreachable', 'nothing listens there'],
  ['ENOTFOUND', 'unreachable', 'its name is not known'],
  ['ETIMEDOUT', 'unreachable', 'the connection timed out'],
  ['ECONNRESET', 'unreachable', 'the connection was reset'],
  ['EWHATEVER', 'unreachable', 'the connection failed (EWHATEVER)'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted', 'it signed its certificate itself'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted', 'its certificate is for another name'],
  ['CERT_HAS_EXPIRED', 'untrusted', 'its certificate has expired'],
])('%s is %s', (code, expected, reason) => {
  const error = Object.assign(new Error('proxy http://u:CANARY@p'), { code });
  expect(networkFailure(error, 'https://h')).toEqual({ code: expected, server: 'https://h', reason });
  expect(networkFailure(new AggregateError([error]), 'https://h')).toEqual({ code: expected, server: 'https://h', reason });
});
