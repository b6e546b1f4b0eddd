import { expect, test } from 'vitest';
import type { UserEntry } from '../kubeconfig/entries.ts';
import { authProviderToken } from './auth-provider.ts';

const user = (name: string, config: Record<string, string>): UserEntry => ({
  name: 'ada',
  clientCertificate: null,
  clientCertificateData: null,
  clientKey: null,
  clientKeyData: null,
  token: null,
  tokenFile: null,
  username: null,
  password: null,
  impersonate: null,
  authProvider: { name, config },
  exec: null,
});
const token = (exp: number) =>
  ['{"alg":"none"}', JSON.stringify({ exp }), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');

test('an OIDC token that holds is used, until its end', async () => {
  const idToken = token(4_000_000_000);
  expect(await authProviderToken(user('oidc', { 'id-token': idToken }))?.()).toEqual({
    token: idToken,
    certificate: null,
    expiresAt: 4_000_000_000_000,
  });
});

test('one that has expired, with nothing to renew it, says so', async () => {
  await expect(authProviderToken(user('oidc', { 'id-token': token(1) }))?.()).rejects.toMatchObject({
    failure: { code: 'plugin-failed', binary: 'oidc' },
  });
});

test.each([
  ['gcp', 'gke-gcloud-auth-plugin'],
  ['azure', 'kubelogin'],
])('%s is not run, its successor is named', async (name, binary) => {
  const config = { 'cmd-path': '/bin/sh', 'cmd-args': '-c "exit 1"' };
  await expect(authProviderToken(user(name, config))?.()).rejects.toMatchObject({ failure: { code: 'plugin-absent', binary } });
});

test('a provider nobody knows is named', async () => {
  await expect(authProviderToken(user('own', {}))?.()).rejects.toMatchObject({
    failure: { code: 'plugin-failed', binary: 'own' },
  });
});
