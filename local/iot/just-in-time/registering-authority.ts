import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { isIssuedBy, nameKey, type ParsedCertificate } from '../certificate-authority/parsed-certificate.ts';
import { isCurrent } from '../own-ca/validity.ts';
import { authoritiesWithSubject, parsedAuthority } from '../registry/ca-certificate-store.ts';
import type { CaCertificate } from '../registry/records.ts';
import type { IotRegistry } from '../registry/registry.ts';

/** The authority by which a certificate registers itself: active, valid now, with auto registration, and its signer. */
export const registeringAuthority = (
  registry: IotRegistry,
  certificate: ParsedCertificate,
  behaviour: IotBehaviour,
): CaCertificate | undefined => {
  const now = registry.clock.now();
  const [first, ...others] = authoritiesWithSubject(registry, nameKey(certificate.issuer)).filter(
    (authority) =>
      authority.autoRegisters &&
      authority.status === 'ACTIVE' &&
      isCurrent(authority, now) &&
      isIssuedBy(certificate, parsedAuthority(authority)),
  );
  return others.length > 0 && behaviour['just-in-time.ambiguous-authority'] === 'none' ? undefined : first;
};
