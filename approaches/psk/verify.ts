export { createPskAuthorizer } from './verify/authorizer.ts';
export { renewalByDerivedKey } from './verify/renewal.ts';
export { verify } from './verify/proof.ts';
