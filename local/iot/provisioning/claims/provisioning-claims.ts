import type { CertificateAuthority, IssuedCertificate } from '../../certificate-authority/certificate-authority.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import { generateServiceKeyPair, type ServiceKeyPair } from '../../registry/service-keys.ts';

/** A temporary claim of a trusted user (DG:provision-wo-cert). */
export interface ProvisioningClaim extends IssuedCertificate {
  readonly templateName: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface CreatedClaim {
  readonly claim: ProvisioningClaim;
  /** This is the only time that the private key is given out. */
  readonly keys: ServiceKeyPair;
}

// DG:provision-wo-cert.
const lifetimeMs = 5 * 60_000;

// Long enough to tell every connection that outlives its claim from one that never had any.
const rememberedMs = 60 * 60_000;

export interface ClaimPorts {
  readonly registry: Pick<IotRegistry, 'clock' | 'certificateListeners'>;
  readonly authority: CertificateAuthority;
  /** Whether an expired claim's connections are ended. */
  readonly endsConnections: boolean;
}

/** The temporary claims of an account. They are no certificates of its registry: nothing lists, describes or changes them. */
export class ProvisioningClaims {
  readonly #ports: ClaimPorts;
  readonly #claims = new Map<string, ProvisioningClaim>();

  constructor(ports: ClaimPorts) {
    this.#ports = ports;
  }

  async create(templateName: string): Promise<CreatedClaim> {
    const { registry, authority } = this.#ports;
    const keys = await generateServiceKeyPair();
    const expiresAt = registry.clock.now() + lifetimeMs;
    const claim = { ...authority.issueForKey(keys.publicKeyInfo, { notAfter: expiresAt }), templateName, expiresAt };
    this.#claims.set(claim.certificateId, claim);
    registry.clock.setTimer(() => {
      this.#expire(claim);
    }, lifetimeMs);
    return { claim, keys };
  }

  /** A claim that may be used now, or undefined. */
  find(certificateId: string): ProvisioningClaim | undefined {
    const claim = this.#claims.get(certificateId);
    return claim === undefined || this.isExpired(certificateId) ? undefined : claim;
  }

  /** Whether it was a claim, its five minutes being over. */
  isExpired(certificateId: string): boolean {
    const claim = this.#claims.get(certificateId);
    return claim !== undefined && this.#ports.registry.clock.now() >= claim.expiresAt;
  }

  #expire({ certificateId }: ProvisioningClaim): void {
    const { registry, endsConnections } = this.#ports;
    registry.clock.setTimer(() => this.#claims.delete(certificateId), rememberedMs);
    if (endsConnections) for (const listener of registry.certificateListeners) listener(certificateId, 'DELETED');
  }
}
