import { generate } from 'selfsigned';

/** A certificate and its private key, both PEM. */
export interface Certificate {
  certificate: string;
  key: string;
}

const DAY = 86_400_000;

/** A fresh certificate for 127.0.0.1 and localhost that signs itself, so that it is its own authority; about 40 ms of work. */
export async function selfSignedCertificate(): Promise<Certificate> {
  const notBeforeDate = new Date(Date.now() - DAY);
  const made = await generate([{ name: 'commonName', value: 'Emberdeck demo cluster' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate: new Date(notBeforeDate.getTime() + 366 * DAY),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { certificate: made.cert, key: made.private };
}
