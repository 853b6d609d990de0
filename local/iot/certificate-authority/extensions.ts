import { extension } from './certificate-builder.ts';
import { derBits, derElement, derInteger, derObjectIdentifier, derOctets, derSequence, derTrue } from './der-writer.ts';

/** Extensions of RFC 5280 §4.2.1, each complete with identifier and criticality. */
export const isNoAuthority = extension('2.5.29.19', derSequence(), true);

export const isAuthority = (pathLength: number): Buffer =>
  extension('2.5.29.19', derSequence(derTrue, derInteger(Buffer.from([pathLength]))), true);

/** Bit 0 digitalSignature. */
export const keyUsageDigitalSignature = extension('2.5.29.15', derBits(Buffer.from([0x80]), 7), true);

/** Bits 5 keyCertSign and 6 cRLSign. */
export const keyUsageCertificateSigning = extension('2.5.29.15', derBits(Buffer.from([0x06]), 1), true);

export const extendedKeyUsageServer = extension('2.5.29.37', derSequence(derObjectIdentifier('1.3.6.1.5.5.7.3.1')));

export const subjectKeyIdentifier = (identifier: Buffer): Buffer => extension('2.5.29.14', derOctets(identifier));

export const authorityKeyIdentifier = (identifier: Buffer): Buffer => extension('2.5.29.35', derSequence(derElement(0x80, identifier)));

const dnsName = (name: string): Buffer => derElement(0x82, Buffer.from(name, 'ascii'));

const ipAddress = (dotted: string): Buffer => derElement(0x87, Buffer.from(dotted.split('.').map(Number)));

/** DNS names, wildcards allowed in the first label, and IPv4 addresses in dotted form. */
export const subjectAlternativeNames = (names: { readonly dns: readonly string[]; readonly ipv4: readonly string[] }): Buffer =>
  extension('2.5.29.17', derSequence(...names.dns.map(dnsName), ...names.ipv4.map(ipAddress)));
