import { createPublicKey } from 'node:crypto';
import { enrollPki } from '../../../approaches/pki/enroll.ts';
import { provePki } from '../../../approaches/pki/prove.ts';
import type { Attestation } from '../../../domain/attestation.ts';
import type { CertificatePresentation } from '../../../domain/admission/certificate-presentation.ts';
import { isMistake, type Requirement } from '../../../domain/enroller.ts';
import type { ProofMeans } from '../../../domain/prover.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import { aCertificatePresentation } from '../../builders/certificate-presentation.ts';
import { aDeviceIdentity } from '../../builders/device-identity.ts';
import { certificateFor } from '../../builders/device-certificate.ts';
import { aLine } from '../../builders/identifiers.ts';
import { anIDevId, aVendorCa, aVendorIssuer, type Issued } from '../../builders/vendor.ts';

/** A device of the line `sensor`, enrolled as an import would and at the moment of its first request. */
export interface KindOfDevice {
  readonly requirement: Requirement;
  readonly privateKeyPem: string;
  /** What the hook is given when the device asks, with this or that different on the device's side. */
  readonly present: (where?: Where) => Promise<CertificatePresentation>;
}

type Where = Partial<Parameters<typeof provePki.prove>[0]>;

/** The requirement that these columns make; throws for a mistake. */
export const enrolled = async (fields: Readonly<Record<string, string>>, serialNumber: SerialNumber): Promise<Requirement> => {
  const requirement = await enrollPki.requirementOf(fields, () => Promise.resolve(undefined), { line: aLine(), serialNumber });
  if (isMistake(requirement)) throw new Error(requirement.got);
  return requirement;
};

/** What becomes of a request: AWS IoT issues for the key in the CSR and hands on the rest. */
export const presentationOf = async (identity: ReturnType<typeof aDeviceIdentity>): Promise<CertificatePresentation> => {
  const { parameters } = await provePki.prove(identity);
  const { line, serialNumber, claimCertificateId } = identity;
  const certificatePem = await certificateFor(createPublicKey(identity.privateKeyPem));
  return aCertificatePresentation(certificatePem, { line, serialNumber, claimCertificateId, evidence: parameters['Evidence'] });
};

const aDevice = async (serialNumber: SerialNumber, fields: Readonly<Record<string, string>>, means?: ProofMeans): Promise<KindOfDevice> => {
  const privateKeyPem = await provePki.makeKey('ec-p256');
  const pinned = 'pinned_key' in fields ? { pinned_key: publicPemOf(privateKeyPem) } : {};
  const given = means === undefined ? {} : { means };
  return {
    requirement: await enrolled({ ...fields, ...pinned }, serialNumber),
    privateKeyPem,
    present: (where = {}) => presentationOf(aDeviceIdentity({ serialNumber, privateKeyPem, ...given, ...where })),
  };
};

const publicPemOf = (privateKeyPem: string): string => createPublicKey(privateKeyPem).export({ type: 'spki', format: 'pem' }).toString();

export const vendor = await aVendorCa();
export const vendorIssuer = await aVendorIssuer(vendor);

export const vendorMeans = (leaf: Issued, ...more: readonly Issued[]): ProofMeans => ({
  kind: 'vendor-certificate',
  certificatesPem: [leaf, ...more].map(({ pem }) => pem).join(''),
  privateKeyPem: leaf.keyPem,
});

/** One maker of devices for each thing that can be proven. */
export const kindsOfDevices: Readonly<Record<Attestation, (serialNumber: SerialNumber) => Promise<KindOfDevice>>> = {
  'serial-only': (serial) => aDevice(serial, {}),
  'enrollment-code': (serial) =>
    aDevice(serial, { enrollment_code: `code-of-${serial}` }, { kind: 'enrollment-code', code: `CODE OF ${serial}` }),
  'device-secret': (serial) => {
    const secret = Buffer.from(serial.padEnd(32, '.')).toString('base64');
    return aDevice(serial, { device_secret: secret }, { kind: 'device-secret', secret });
  },
  'pinned-key': (serial) => aDevice(serial, { pinned_key: 'its own' }),
  'vendor-certificate': async (serial) => {
    const leaf = await anIDevId(vendorIssuer, serial);
    return aDevice(serial, { vendor_ca: vendor.pem, vendor_certificate: leaf.pem }, vendorMeans(leaf, vendorIssuer));
  },
};
