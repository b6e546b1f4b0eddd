import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, contentType, mayOpenOutside } from './page-policy.ts';

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
