import type { Enroller, EnrollmentMistake, Requirement } from '../../domain/enroller.ts';
import { describeOAuthRequirement, readOAuthRequirement } from './evidence/requirement.ts';
import { PUBLIC_KEY, readPublicKeys } from './enroll/public-keys.ts';

const ISSUER = 'oauth_issuer';
const SUBJECT = 'oauth_subject';
const THUMBPRINT = 'oauth_key_thumbprint';

/** Devices that show tokens: of an issuer, named by its subject and perhaps its key, or signed by a key of their own. */
export const enrollOAuth: Enroller = {
  fields: [ISSUER, SUBJECT, THUMBPRINT, PUBLIC_KEY],
  requirementOf: async (fields, readFile) => {
    const [issuer, subject, thumbprint, publicKey] = [ISSUER, SUBJECT, THUMBPRINT, PUBLIC_KEY].map(
      (column) => fields[column]?.trim() ?? '',
    );
    const ofIssuer = [issuer, subject, thumbprint].some((value) => value !== '');
    if (publicKey !== undefined && publicKey !== '') return ofIssuer ? both : readPublicKeys(publicKey, readFile);
    if (issuer === undefined || subject === undefined || issuer === '' || subject === '') return missing(ofIssuer);
    return requirementOf({ issuer, subject, ...(thumbprint === undefined || thumbprint === '' ? {} : { keyThumbprint: thumbprint }) });
  },
  describe: describeOAuthRequirement,
};

const requirementOf = (requirement: Requirement): Requirement | EnrollmentMistake => {
  if (readOAuthRequirement(requirement) !== undefined) return requirement;
  return {
    what: requirement['keyThumbprint'] === undefined ? `${ISSUER} and ${SUBJECT}` : THUMBPRINT,
    got: 'text of another form',
    allowed: `names of at most 512 characters; ${THUMBPRINT} is the SHA-256 thumbprint of a JWK (RFC 7638), 43 characters of base64url`,
    fix: 'take them from the issuer: its iss, the sub of the device, and the jkt that its tokens are bound to',
  };
};

const both: EnrollmentMistake = {
  what: `${PUBLIC_KEY} and ${ISSUER}`,
  got: 'two ways to prove one device',
  allowed: 'one of them',
  fix: `keep ${PUBLIC_KEY} for a device that signs its own tokens, else ${ISSUER} and ${SUBJECT}`,
};

const missing = (some: boolean): EnrollmentMistake => ({
  what: `${ISSUER}, ${SUBJECT}`,
  got: some ? 'one without the other' : 'nothing',
  allowed: `both, or ${PUBLIC_KEY} in their stead`,
  fix: `give the issuer and what it calls the device, or the ${PUBLIC_KEY} of a device that signs its own tokens`,
});
