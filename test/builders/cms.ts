import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { TestManufacturer } from './manufacturer.ts';

x509.cryptoProvider.set(webcrypto);

export interface CmsWishes {
  readonly encoding?: 'der' | 'pem';
  readonly hash?: 'sha256' | 'sha384' | 'sha1';
  readonly hasCertificate?: boolean;
  readonly isDetached?: boolean;
  readonly hasAttributes?: boolean;
}

const algorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
};

/** A certificate that a manufacturer's key made for itself, in PEM. */
export const selfSigned = async ({ key, algorithm, publicKey, privateKey }: TestManufacturer): Promise<string> => {
  const signing = algorithms[algorithm === 'ES384' ? 'ES384' : algorithm === 'ES256' ? 'ES256' : 'RS256'];
  const imported = await Promise.all([
    webcrypto.subtle.importKey('spki', publicKey.export({ type: 'spki', format: 'der' }), signing, true, ['verify']),
    webcrypto.subtle.importKey('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }), signing, true, ['sign']),
  ]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: `CN=${key.name}`, serialNumber: '01', signingAlgorithm: signing },
    ...{ notBefore: new Date(key.notBefore), notAfter: new Date(key.notAfter) },
    keys: { publicKey: imported[0], privateKey: imported[1] },
  });
  return certificate.toString('pem');
};

/** A CMS signature over a text, by OpenSSL. */
export const signCms = async (maker: TestManufacturer, text: string, wishes: CmsWishes = {}): Promise<Buffer> => {
  const { encoding = 'der', hash = maker.algorithm === 'ES384' ? 'sha384' : 'sha256' } = wishes;
  const folder = await mkdtemp(join(tmpdir(), 'muster-cms-'));
  try {
    const [content, certificate, key, out] = ['content', 'certificate.pem', 'key.pem', 'out'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ];
    await writeFile(content, text);
    await writeFile(certificate, await selfSigned(maker));
    await writeFile(key, maker.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const files = ['-in', content, '-signer', certificate, '-inkey', key, '-out', out];
    const manner = ['-binary', '-md', hash, '-outform', encoding.toUpperCase()];
    const options = [
      ...(wishes.hasCertificate === false ? ['-nocerts'] : []),
      ...(wishes.isDetached === false ? ['-nodetach'] : []),
      ...(wishes.hasAttributes === false ? ['-noattr'] : []),
    ];
    const { status: code, stderr } = spawnSync('openssl', ['cms', '-sign', ...files, ...manner, ...options]);
    if (code !== 0) throw new Error(stderr.toString());
    return await readFile(out);
  } finally {
    await rm(folder, { recursive: true });
  }
};
