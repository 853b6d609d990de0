import type { SerialNumber } from './serial-number.ts';

/** Key kinds that AWS IoT accepts and the admission rules allow. */
export const keyKinds = ['ec-p256', 'ec-p384', 'rsa-2048', 'rsa-3072'] as const;

export type KeyKind = (typeof keyKinds)[number];

/** Who asks to be let in: a serial number and the private key, PKCS#8 in PEM, that was made and stored before. */
export interface DeviceIdentity {
  readonly serialNumber: SerialNumber;
  readonly privateKeyPem: string;
}

/** What a device presents: a certificate signing request (PKCS#10 in PEM) and the template's parameters. */
export interface Proof {
  readonly csrPem: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The device's half of an approach. */
export interface Prover {
  /** Makes a private key, PKCS#8 in PEM. Nothing leaves the device. */
  makeKey(kind: KeyKind): Promise<string>;
  /** Makes the proof from a stored key; may be called again after a power cut. */
  prove(identity: DeviceIdentity): Promise<Proof>;
}
