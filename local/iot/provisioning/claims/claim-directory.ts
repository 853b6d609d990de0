import { createHash } from 'node:crypto';
import type { Account } from '../../../account.ts';
import type { IotBehaviour } from '../../behaviour/behaviour.ts';
import type { Authentication, IotDirectory } from '../../directory.ts';
import { claimPolicy } from './claim-policy.ts';
import type { ProvisioningClaims } from './provisioning-claims.ts';

export interface ClaimDirectoryPorts {
  readonly account: Account;
  readonly behaviour: IotBehaviour;
  readonly claims: ProvisioningClaims;
}

/** A directory that knows the temporary claims of trusted users, too. */
export const withClaims = (directory: IotDirectory, { account, behaviour, claims }: ClaimDirectoryPorts): IotDirectory => ({
  ...directory,
  authenticate: (certificateDer, peer): Authentication => {
    const certificateId = createHash('sha256').update(certificateDer).digest('hex');
    if (claims.find(certificateId) !== undefined) return { isAuthenticated: true, certificateId };
    if (claims.isExpired(certificateId)) return { isAuthenticated: false, certificateId, reason: 'NOT_AUTHENTICATED' };
    return directory.authenticate(certificateDer, peer);
  },
  policyDocuments: (certificateId, thing) => {
    const claim = claims.find(certificateId);
    return claim === undefined ? directory.policyDocuments(certificateId, thing) : [claimPolicy(account, behaviour, claim.templateName)];
  },
  certificatePem: (certificateId) => claims.find(certificateId)?.certificatePem ?? directory.certificatePem(certificateId),
});
