import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, contentType, mayOpenOutside, pageFile } from './page-policy.ts';

describe('mayOpenOutside', () => {
  it.each([
    ['https://spark.apache.org/docs/', true],
    ['http://127.0.0.1:40123/jobs/', true],
    ['http://127.0.0.1/', false],
    ['http://localhost:4040/', false],
    ['http://10.0.0.1:4040/', false],
    ['http://127.0.0.1.evil.example:80/', false],
    ['https://user:password@example.com/', false],
    ['file:///etc/passwd', false],
    ['smb://server/share', false],
    ['javascript:alert(1)', false],
    ['ms-msdt:/id', false],
    ['data:text/html,x', false],
    ['', false],
  ])('%s → %s', (url, allowed) => expect(mayOpenOutside(url)).toBe(allowed));
});

describe('contentSecurityPolicy', () => {
  it('lets no inline script, no eval and nothing from elsewhere in', () => {
    const policy = contentSecurityPolicy("'self'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy.match(/unsafe-inline/g)).toHaveLength(1);
    expect(policy).not.toMatch(/https?:\/\/(?!127\.0\.0\.1:\*)/);
  });
});

describe('contentType', () => {
  it('knows what a page is made of and nothing else', () => {
    expect(contentType('/assets/x.js')).toContain('javascript');
    expect(contentType('/assets/x.sh')).toBeNull();
  });
});

it.each([
  ['app://emberdeck/', '/index.html'],
  ['app://emberdeck/assets/index-a_B-1.js', '/assets/index-a_B-1.js'],
  ['app://emberdeck/#/context/x', '/index.html'],
  ['app://emberdeck/../../etc/passwd.json', '/etc/passwd.json'],
  ['app://emberdeck/..%2f..%2fetc/passwd.json', null],
  ['app://emberdeck/%2e%2e%5c%2e%2e%5cx.json', null],
  ['app://emberdeck/C:/x.json', null],
  ['app://emberdeck/index.html%00.png', null],
  ['app://emberdeck/%', null],
  ['app://emberdeck.evil/index.html', null],
  ['app://other/index.html', null],
  ['https://emberdeck/index.html', null],
  ['rubbish', null],
])('the file of %s is %s', (address, file) => {
  expect(pageFile(address)).toBe(file);
});
