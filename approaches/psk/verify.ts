export { createPskAuthorizer } from './verify/authorizer.ts';
export { verify } from './verify/proof.ts';
