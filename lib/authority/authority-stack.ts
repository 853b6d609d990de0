import { Annotations, Aws, Stack } from 'aws-cdk-lib';
import { CfnCertificate, CfnCertificateAuthority, CfnCertificateAuthorityActivation } from 'aws-cdk-lib/aws-acmpca';
import type { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { type AuthorityMode, monthlyPriceOf } from '../../domain/issuance/private-ca-prices.ts';
import { authorityStackName } from '../../domain/stack-names.ts';
import type { IssuingAuthority } from './issuing-authority.ts';
import type { Lifetime } from '../lifetime.ts';
import { RevocationLists } from './revocation-lists.ts';

const KEY = { keyAlgorithm: 'EC_prime256v1', signingAlgorithm: 'SHA256WITHECDSA' } as const;
const ROOT_YEARS = 20;
/** Longer than any certificate of a device may be valid (`lines.*.certificate`), by as much again. */
const SUBORDINATE_YEARS = 10;

export interface AuthorityStackProps {
  readonly configuration: Configuration;
  readonly authority: NonNullable<Configuration['certificateAuthority']>;
  readonly lifetime: Lifetime;
}

/**
 * A certificate authority of one's own: a root that signs nothing but the subordinate, and the subordinate that issues. It is a stack
 * of its own because it has a price of its own, and because no other change may ever replace or delete it.
 */
export class AuthorityStack extends Stack {
  readonly authority: IssuingAuthority;

  constructor(scope: Construct, { configuration: { prefix }, authority, lifetime }: AuthorityStackProps) {
    const stackName = authorityStackName(prefix);
    super(scope, stackName, {
      stackName,
      description: 'Muster: a certificate authority of its own.',
      terminationProtection: !lifetime.isEphemeral,
    });
    const { organization = prefix, mode } = authority;
    const subjectOf = (commonName: string) => ({ organization, commonName: `${prefix} ${commonName}` });
    const root = new CfnCertificateAuthority(this, 'Root', { type: 'ROOT', ...KEY, subject: subjectOf('root') });
    const rootActivation = this.#activateRoot(root);
    const lists = mode === 'SHORT_LIVED_CERTIFICATE' ? undefined : new RevocationLists(this, 'RevocationLists', lifetime);
    const issuing = new CfnCertificateAuthority(this, 'Issuing', {
      ...{ type: 'SUBORDINATE', ...KEY, subject: subjectOf('devices'), usageMode: mode },
      ...(lists === undefined ? {} : { revocationConfiguration: lists.configuration }),
    });
    if (lists !== undefined) issuing.node.addDependency(lists);
    this.#activateIssuing(issuing, root, rootActivation);
    this.authority = { arn: issuing.attrArn, signingAlgorithm: KEY.signingAlgorithm };
    Annotations.of(this).addInfo(priceOf(mode));
  }

  #activateRoot(root: CfnCertificateAuthority): CfnCertificateAuthorityActivation {
    const certificate = new CfnCertificate(this, 'RootCertificate', {
      certificateAuthorityArn: root.attrArn,
      certificateSigningRequest: root.attrCertificateSigningRequest,
      signingAlgorithm: KEY.signingAlgorithm,
      templateArn: templateArn('RootCACertificate'),
      validity: { type: 'YEARS', value: ROOT_YEARS },
    });
    return new CfnCertificateAuthorityActivation(this, 'RootActivation', {
      certificateAuthorityArn: root.attrArn,
      certificate: certificate.attrCertificate,
    });
  }

  #activateIssuing(
    issuing: CfnCertificateAuthority,
    root: CfnCertificateAuthority,
    rootActivation: CfnCertificateAuthorityActivation,
  ): void {
    const certificate = new CfnCertificate(this, 'IssuingCertificate', {
      certificateAuthorityArn: root.attrArn,
      certificateSigningRequest: issuing.attrCertificateSigningRequest,
      signingAlgorithm: KEY.signingAlgorithm,
      // It signs for devices, and never for another authority.
      templateArn: templateArn('SubordinateCACertificate_PathLen0'),
      validity: { type: 'YEARS', value: SUBORDINATE_YEARS },
    });
    certificate.node.addDependency(rootActivation);
    new CfnCertificateAuthorityActivation(this, 'IssuingActivation', {
      certificateAuthorityArn: issuing.attrArn,
      certificate: certificate.attrCertificate,
      certificateChain: rootActivation.attrCompleteCertificateChain,
    });
  }
}

const templateArn = (name: string): string => `arn:${Aws.PARTITION}:acm-pca:::template/${name}/V1`;

const priceOf = (mode: AuthorityMode): string =>
  `AWS bills about ${monthlyPriceOf(mode, true)} US dollars a month for this root and subordinate for as long as they are there, beside each certificate.`;
