import type { ApproachName } from '../../approaches/index.ts';
import { readOAuthRequirement } from '../../approaches/oauth/evidence/requirement.ts';
import { hasNewerKey } from '../../approaches/psk/evidence/newer-key.ts';
import { pskSettingsOf } from '../../approaches/psk/settings.ts';
import type { Configuration } from '../../domain/configuration/configuration-schema.ts';
import type { Enrollment } from '../../domain/enrollment.ts';

/**
 * Whether there is anything that a device could be given in place of what it has: a certificate always; a key that derives from its names
 * where its line has a newer version; a key of its own, but no token of an issuer, for the issuer renews those. Nothing for any other
 * approach, nor for a device on probation, which no job reaches.
 */
export const nextCredentialIn = (configuration: Configuration): ((enrollment: Enrollment) => boolean) => {
  const newest = new Map(pskSettingsOf(configuration).lines.map(({ name, keyVersions }) => [name, Math.max(...keyVersions)]));
  const has = {
    pki: () => true,
    psk: (enrollment) => hasNewerKey(enrollment, newest.get(enrollment.line)),
    oauth: ({ requirement }) => readOAuthRequirement(requirement)?.kind === 'device-token',
  } satisfies Partial<Record<ApproachName, (enrollment: Enrollment) => boolean>>;
  const byName: Readonly<Partial<Record<string, (enrollment: Enrollment) => boolean>>> = has;
  return (enrollment) => enrollment.onProbation !== true && (byName[enrollment.approach]?.(enrollment) ?? false);
};
