import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AUTHORITY_VARIABLE } from '../../domain/issuance/authority-variable.ts';
import type { BundledFunction } from '../bundled-function.ts';
import type { IssuingAuthority } from './issuing-authority.ts';

/** Lets a function that takes certificates out of use take them back at the own authority, too, where there is one. */
export const revokesAt = (revoking: BundledFunction, authority: IssuingAuthority | undefined): void => {
  if (authority === undefined) return;
  revoking.function.addEnvironment(AUTHORITY_VARIABLE, authority.arn);
  revoking.allow(new PolicyStatement({ actions: ['acm-pca:RevokeCertificate'], resources: [authority.arn] }));
};
