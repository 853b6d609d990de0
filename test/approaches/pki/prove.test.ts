import 'reflect-metadata';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import * as z from 'zod/mini';
import { provePki } from '../../../approaches/pki/prove.ts';
import { commonNameOf } from '../../../domain/subject-name.ts';
import { type KeyKind, keyKinds } from '../../../domain/prover.ts';
import { aDeviceIdentity } from '../../builders/device-identity.ts';
import { serialNumber } from '../../../domain/serial-number.ts';

const serial = (text: string) => z.parse(serialNumber, text);
const csrFor = async (text: string, kind: KeyKind = 'ec-p256') => {
  const privateKeyPem = await provePki.makeKey(kind);
  const proof = await provePki.prove(aDeviceIdentity({ serialNumber: serial(text), privateKeyPem }));
  return { privateKeyPem, proof, csr: new Pkcs10CertificateRequest(proof.csrPem) };
};

describe('the proof of a device with a key', () => {
  test.each(keyKinds)('is a request signed by the stored %s key, for that key', async (kind) => {
    const { csr, privateKeyPem } = await csrFor('SN-0001', kind);
    expect(await csr.verify()).toBe(true);
    const spki = createPublicKey(createPrivateKey(privateKeyPem)).export({ type: 'spki', format: 'der' });
    expect(Buffer.from(csr.publicKey.rawData)).toEqual(spki);
  });

  test('shows the serial number as its common name', async () => {
    const { csr } = await csrFor('SN-0001');
    expect(csr.subject).toBe('CN=SN-0001');
  });

  test.each(['a,O=Evil', 'CN=x+OU=y', '"; DROP', 'a\\,b', '#04'])('keeps %s a name and nothing more', async (text) => {
    const { csr } = await csrFor(text);
    expect(csr.subjectName.toJSON()).toEqual([{ CN: [text] }]);
  });

  test.each(['gerät-ß', 'x'.repeat(65)])('shows the digest of %s, which does not fit a common name', async (text) => {
    const { csr } = await csrFor(text);
    expect(csr.subjectName.toJSON()).toEqual([{ CN: [commonNameOf(serial(text))] }]);
  });

  test('sends the serial number byte for byte and no other parameter', async () => {
    const { proof } = await csrFor('gerät-ß');
    expect(proof.parameters).toEqual({ SerialNumber: 'gerät-ß' });
  });

  test('stays within what AWS IoT reads of a request, 4,096 characters', async () => {
    const { proof } = await csrFor('x'.repeat(64), 'rsa-3072');
    expect(proof.csrPem.length).toBeLessThanOrEqual(4096);
  });

  test('says so when the stored key is of a kind that no line accepts', async () => {
    const privateKeyPem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expect(provePki.prove(aDeviceIdentity({ privateKeyPem }))).rejects.toThrow('neither P-256, P-384 nor RSA');
  });
});
