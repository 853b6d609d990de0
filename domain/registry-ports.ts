import type { CertificateId, ThingName, VendorCaId } from './identifiers.ts';
import type { Placement } from './admission/placement.ts';
import type { CertificateStatus } from './story/facts.ts';

/** A device's certificate as AWS IoT has it. */
export interface KnownCertificate {
  readonly certificateId: CertificateId;
  readonly arn: string;
  readonly certificatePem: string;
  readonly status: CertificateStatus;
  /** The registered CA that issued it, where it came in by that. */
  readonly vendorCaId?: VendorCaId;
}

/** Certificates of devices that do not come by claim. */
export interface DeviceCertificates {
  find(certificate: CertificateId): Promise<KnownCertificate | undefined>;
  /** Registers one without its CA. It is inactive: it opens nothing until it is activated. Succeeds when it is registered already. */
  register(certificatePem: string): Promise<void>;
  activate(certificate: CertificateId): Promise<void>;
}

/** Puts devices where they belong; all of it may be repeated. */
export interface DevicePlacing {
  /** Thing, groups, policy, and the certificate as the thing's alone. Rejects where the certificate is another thing's. */
  place(placement: Placement, certificate: Pick<KnownCertificate, 'arn'>): Promise<void>;
  /** The policy, and the certificate as the thing's alone, for a thing that is there. Rejects where the certificate is another thing's. */
  bind(holder: Pick<Placement, 'thingName' | 'policy'>, certificate: Pick<KnownCertificate, 'arn'>): Promise<void>;
  /** Thing and groups alone, for a device that holds no certificate. */
  register(placement: Omit<Placement, 'policy'>): Promise<void>;
}

/** Takes devices out of AWS IoT; all of it may be repeated. `detaching`: AWS IoT has not finished that, and refuses until it has. */
export interface DeviceRemoval {
  /** The certificates that are attached to a thing; none where there is no such thing. */
  certificatesOf(thing: ThingName): Promise<readonly CertificateId[]>;
  /** Out of use, detached from its policies and the thing, and deleted. */
  removeCertificate(certificate: CertificateId, thing: ThingName): Promise<'gone' | 'detaching'>;
  /** The thing, and with it its places in groups. */
  removeThing(thing: ThingName): Promise<'gone' | 'detaching'>;
}
