// What is public of an approach's requirements: one line each, under the approach's name. `describe-requirement.ts` reads them.
export { describePkiRequirement as pki } from '../../approaches/pki/evidence/requirement.ts';
export { describePskRequirement as psk } from '../../approaches/psk/evidence/requirement.ts';
export { describeOAuthRequirement as oauth } from '../../approaches/oauth/evidence/requirement.ts';
