import { verify } from '../../../approaches/pki/verify.ts';
import type { CertificatePresentation } from '../../../domain/admission/certificate-presentation.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { aCertificateId, aLine, aSerial } from '../../builders/identifiers.ts';
import { describeApproach, type Tampering } from '../../contracts/approach.contract.ts';
import { type KindOfDevice, kindsOfDevices } from './kinds-of-devices.ts';

const stranger = await aDeviceKey();

type Change = Tampering<CertificatePresentation>;

const evidenceOf = ({ evidence = '{}' }: CertificatePresentation) => JSON.parse(evidence) as Readonly<Record<string, unknown>>;

/** A presentation whose evidence somebody rewrote. */
const rewritten =
  (rewrite: (evidence: Readonly<Record<string, unknown>>) => unknown): Change[1] =>
  (presented) => ({ ...presented, evidence: JSON.stringify(rewrite(evidenceOf(presented))) });

const whateverIsProven: readonly Change[] = [
  [
    'a certificate cut short',
    (presented) => ({ ...presented, certificatePem: presented.certificatePem.slice(0, 200) }),
    'unacceptable-key',
  ],
  ['no certificate', (presented) => ({ ...presented, certificatePem: '' }), 'unacceptable-key'],
  ['a field of its own', rewritten((evidence) => ({ ...evidence, trust: 'me' })), 'evidence-refused'],
  [
    'a field that objects have anyway',
    (presented) => ({ ...presented, evidence: '{"__proto__":{"kind":"serial-only"}}' }),
    'evidence-refused',
  ],
  ['a kind that there is not', rewritten((evidence) => ({ ...evidence, kind: 'honour' })), 'evidence-refused'],
  ['a list in place of an object', rewritten((evidence) => [evidence]), 'evidence-refused'],
  ['text that is no JSON', (presented) => ({ ...presented, evidence: '{' }), 'evidence-refused'],
  [
    'more than 4,096 characters',
    (presented) => ({ ...presented, evidence: `${presented.evidence ?? '{}'}${' '.repeat(4096)}` }),
    'evidence-refused',
  ],
];

const byKeyAlone: readonly Change[] = [
  ['the certificate of another key', (presented) => ({ ...presented, certificatePem: stranger.certificatePem }), 'not-the-pinned-key'],
  ['a code that nobody asked for', rewritten(() => ({ kind: 'enrollment-code', mac: 'A'.repeat(43) })), 'evidence-refused'],
];

const boundToOneOccasion: readonly Change[] = [
  ['the certificate of another key', (presented) => ({ ...presented, certificatePem: stranger.certificatePem }), 'evidence-refused'],
  ['another claim', (presented) => ({ ...presented, claimCertificateId: aCertificateId('another') }), 'evidence-refused'],
  ['another line', (presented) => ({ ...presented, line: aLine('gateway') }), 'evidence-refused'],
  ['another serial number', (presented) => ({ ...presented, serialNumber: aSerial('SN-10') }), 'evidence-refused'],
  ['another serial number that looks the same', (presented) => ({ ...presented, serialNumber: aSerial('ＳN-1') }), 'evidence-refused'],
  ['no evidence', (presented) => ({ ...presented, evidence: undefined }), 'evidence-refused'],
  ['an empty object', (presented) => ({ ...presented, evidence: '{}' }), 'evidence-refused'],
];

const byMac: readonly Change[] = [
  ...boundToOneOccasion,
  ['a MAC of zeros', rewritten((evidence) => ({ ...evidence, mac: 'A'.repeat(43) })), 'evidence-refused'],
  ['a MAC cut short', rewritten((evidence) => ({ ...evidence, mac: String(evidence['mac']).slice(0, 40) })), 'evidence-refused'],
  ['an empty MAC', rewritten((evidence) => ({ ...evidence, mac: '' })), 'evidence-refused'],
  ['a MAC with padding', rewritten((evidence) => ({ ...evidence, mac: `${String(evidence['mac'])}=` })), 'evidence-refused'],
  [
    'a MAC with a wide letter',
    rewritten((evidence) => ({ ...evidence, mac: `Ａ${String(evidence['mac']).slice(1)}` })),
    'evidence-refused',
  ],
  ['a number for a MAC', rewritten((evidence) => ({ ...evidence, mac: 0 })), 'evidence-refused'],
];

const asTheOther = (kind: string): Change => [
  `its MAC given out as one by ${kind}`,
  rewritten((evidence) => ({ ...evidence, kind })),
  'evidence-refused',
];

const chainOf = (evidence: Readonly<Record<string, unknown>>) => evidence['chain'] as readonly string[];

const byVendor: readonly Change[] = [
  ...boundToOneOccasion,
  ['a signature of zeros', rewritten((evidence) => ({ ...evidence, signature: 'A'.repeat(86) })), 'evidence-refused'],
  [
    'a signature cut short',
    rewritten((evidence) => ({ ...evidence, signature: String(evidence['signature']).slice(0, 60) })),
    'evidence-refused',
  ],
  ['an algorithm of other keys', rewritten((evidence) => ({ ...evidence, algorithm: 'ES384' })), 'evidence-refused'],
  ['an algorithm that there is not', rewritten((evidence) => ({ ...evidence, algorithm: 'none' })), 'evidence-refused'],
  ['no certificates', rewritten((evidence) => ({ ...evidence, chain: [] })), 'evidence-refused'],
  [
    'the certificate of its issuer left out',
    rewritten((evidence) => ({ ...evidence, chain: chainOf(evidence).slice(0, 1) })),
    'evidence-refused',
  ],
  ['the issuer in its place', rewritten((evidence) => ({ ...evidence, chain: chainOf(evidence).slice(1) })), 'evidence-refused'],
  [
    'certificates the other way round',
    rewritten((evidence) => ({ ...evidence, chain: [...chainOf(evidence)].reverse() })),
    'evidence-refused',
  ],
  [
    'too many certificates',
    rewritten((evidence) => ({ ...evidence, chain: [0, 0, 0, 0].map(() => chainOf(evidence)[0]) })),
    'evidence-refused',
  ],
  [
    'certificates cut short',
    rewritten((evidence) => ({ ...evidence, chain: chainOf(evidence).map((text) => text.slice(0, 400)) })),
    'evidence-refused',
  ],
  [
    'certificates with something after them',
    rewritten((evidence) => ({ ...evidence, chain: chainOf(evidence).map(withTail) })),
    'evidence-refused',
  ],
  ['a time before the certificate', (presented) => ({ ...presented, at: Date.UTC(2019, 0, 1) }), 'evidence-refused'],
];

const withTail = (text: string): string => Buffer.concat([Buffer.from(text, 'base64'), Buffer.from([0x05, 0x00])]).toString('base64');

const changes: Readonly<Record<Exclude<keyof typeof kindsOfDevices, 'serial-only'>, readonly Change[]>> = {
  'enrollment-code': [...byMac, asTheOther('device-secret')],
  'device-secret': [...byMac, asTheOther('enrollment-code')],
  'pinned-key': byKeyAlone,
  'vendor-certificate': byVendor,
};

const underTest = ({ requirement, present }: KindOfDevice) => ({ requirement, prove: () => present() });

/** What every approach does, done by PKI with each thing that a device can prove. A serial number alone proves nothing that could be forged. */
export const describePki = (): void => {
  for (const kind of ['enrollment-code', 'device-secret', 'pinned-key', 'vendor-certificate'] as const) {
    describeApproach<CertificatePresentation>({
      name: `pki, by ${kind}`,
      verify,
      newDevice: async (serialNumber) => underTest(await kindsOfDevices[kind](serialNumber)),
      tamperings: [...whateverIsProven, ...changes[kind]],
    });
  }
};
