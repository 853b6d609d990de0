import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { createPublicKey } from 'node:crypto';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { provePki } from '../../../approaches/pki/prove.ts';
import { verify } from '../../../approaches/pki/verify.ts';
import type { CertificatePresentation } from '../../../domain/certificate-presentation.ts';
import { aDeviceKey, certificateFor, digestOf } from '../../builders/device-certificate.ts';
import { describeApproach } from '../../contracts/approach.contract.ts';

const stranger = await aDeviceKey();

const publicKeyOf = (csrPem: string) =>
  createPublicKey({ key: Buffer.from(new Pkcs10CertificateRequest(csrPem).publicKey.rawData), format: 'der', type: 'spki' });

describeApproach<CertificatePresentation>({
  name: 'pki',
  verify,
  newDevice: async (serialNumber) => {
    const privateKeyPem = await provePki.makeKey('ec-p256');
    return {
      requirement: { pinnedKey: digestOf(createPublicKey(privateKeyPem)) },
      // AWS IoT checks the request's signature and issues; the hook is given what it issued.
      prove: async () => {
        const { csrPem, parameters } = await provePki.prove({ serialNumber, privateKeyPem });
        return { certificatePem: await certificateFor(publicKeyOf(csrPem)), evidence: parameters['Evidence'] };
      },
    };
  },
  tamperings: [
    ['the certificate of another key', (presented) => ({ ...presented, certificatePem: stranger.certificatePem })],
    ['a certificate cut short', (presented) => ({ ...presented, certificatePem: presented.certificatePem.slice(0, 200) })],
    ['no certificate', (presented) => ({ ...presented, certificatePem: '' })],
    ['a claim of its own', (presented) => ({ ...presented, evidence: '{"trust":"me"}' })],
    ['text that is no JSON', (presented) => ({ ...presented, evidence: '{' })],
  ],
});
