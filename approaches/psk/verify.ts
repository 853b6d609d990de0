export { createPskAuthorizer } from './verify/authorizer.ts';
export { type PskPresentation, type PskVerification, verify } from './verify/proof.ts';
