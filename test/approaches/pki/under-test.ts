import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { createPublicKey } from 'node:crypto';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { enrollPki } from '../../../approaches/pki/enroll.ts';
import { provePki } from '../../../approaches/pki/prove.ts';
import { verify } from '../../../approaches/pki/verify.ts';
import type { CertificatePresentation } from '../../../domain/certificate-presentation.ts';
import { aCertificatePresentation } from '../../builders/certificate-presentation.ts';
import { aDeviceIdentity } from '../../builders/device-identity.ts';
import { aDeviceKey, certificateFor } from '../../builders/device-certificate.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { isMistake } from '../../../domain/enroller.ts';
import { describeApproach } from '../../contracts/approach.contract.ts';

const stranger = await aDeviceKey();

const publicKeyOf = (csrPem: string) =>
  createPublicKey({ key: Buffer.from(new Pkcs10CertificateRequest(csrPem).publicKey.rawData), format: 'der', type: 'spki' });

/** What `enroll` records where the manufacturer told the device's public key. */
const pinned = async (privateKeyPem: string) => {
  const publicKey = createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString();
  const requirement = await enrollPki.requirementOf({ pinned_key: publicKey }, () => Promise.resolve(undefined), {
    line: aLine(),
    serialNumber: aSerial(),
  });
  if (isMistake(requirement)) throw new Error(requirement.got);
  return requirement;
};

/** What every approach does, done by PKI. */
export const describePki = (): void => {
  describeApproach<CertificatePresentation>({
    name: 'pki',
    verify,
    newDevice: async (serialNumber) => {
      const privateKeyPem = await provePki.makeKey('ec-p256');
      return {
        requirement: await pinned(privateKeyPem),
        // AWS IoT checks the request's signature and issues; the hook is given what it issued.
        prove: async () => {
          const { csrPem, parameters } = await provePki.prove(aDeviceIdentity({ serialNumber, privateKeyPem }));
          return aCertificatePresentation(await certificateFor(publicKeyOf(csrPem)), { serialNumber, evidence: parameters['Evidence'] });
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
};
