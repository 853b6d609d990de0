import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { makeCsr, provePki } from '../../../../approaches/pki/prove.ts';
import { keyDigestOf } from '../../../../domain/key-digest.ts';
import { readCsrKey } from '../../../../lambdas/operations/claims/read-csr.ts';

const digestOf = (privateKeyPem: string) => keyDigestOf(createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' }));

describe('Reading a certificate signing request', () => {
  test.each(['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-3072'] as const)('tells the key of one for %s', async (kind) => {
    const key = await provePki.makeKey(kind);
    expect(readCsrKey(await makeCsr('batch', key))).toBe(digestOf(key));
  });

  test('refuses an RSA key of fewer than 2,048 bits', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => readCsrKey('')).toThrow('no certificate signing request');
    const csr = await makeCsr('batch', weak);
    expect(() => readCsrKey(csr)).toThrow('none of P-256, P-384 and RSA');
  });

  test('refuses a curve that is not ours', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' };
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const csr = await Pkcs10CertificateRequestGenerator.create({ name: 'CN=batch', keys, signingAlgorithm: algorithm }, webcrypto);
    expect(() => readCsrKey(csr.toString('pem'))).toThrow('none of P-256, P-384 and RSA');
  });

  test('refuses one whose maker does not hold the key', async () => {
    const [line = '', ...rest] = (await makeCsr('batch', await provePki.makeKey('ec-p256'))).trim().split('\n').reverse();
    const der = Buffer.from(rest.slice(0, -1).reverse().join(''), 'base64');
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n${line}\n`;
    expect(() => readCsrKey(forged)).toThrow('not signed by the key');
  });

  test('refuses what cannot be read', () => {
    expect(() => readCsrKey('-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n')).toThrow('cannot be read');
  });
});
