/** One line of the settings page's last section. */
export interface Version {
  of: string;
  version: string;
}

const KNOWN: [token: string, name: string][] = [
  ['emberdeck', 'Emberdeck'],
  ['Electron', 'Electron'],
  ['Chrome', 'Chromium'],
  ['Firefox', 'Firefox'],
];

/** What draws the window, read from the browser's own `navigator.userAgent`; only what it names is listed. */
export function versionsIn(userAgent: string): Version[] {
  return KNOWN.flatMap(([token, of]) => {
    const version = new RegExp(`(?:^|\\s)${token}/([\\w.-]+)`, 'i').exec(userAgent)?.[1];
    return version === undefined ? [] : [{ of, version }];
  });
}
