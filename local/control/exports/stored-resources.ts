import type { WiredServices } from '../../wire-services.ts';
import { type ExportOptions, leftOut } from './export-options.ts';
import { plainValue } from './plain-value.ts';

/** Stacks with what was deployed; parameters and templates may hold what should not be shown, and stay where they are. */
export const exportStacks = ({ cloudFormation }: WiredServices): unknown =>
  cloudFormation.stacks.all().map(({ stackName, stackId, status, statusReason, resources, outputs, tags }) => ({
    ...{ stackName, stackId, status, statusReason, tags: plainValue(tags), outputs },
    resources: [...resources.values()].map(({ logicalId, physicalId, type, status: resourceStatus }) => ({
      ...{ logicalId, physicalId, type, status: resourceStatus },
    })),
  }));

/** Buckets with what lies in them, without the bodies. */
export const exportBuckets = ({ s3 }: WiredServices): unknown =>
  s3.buckets.list().map((bucket) => ({
    name: bucket.name,
    objects: bucket.allVersions('').map(({ key, versionId, etag, body, contentType, isDeleteMarker }) => ({
      ...{ key, versionId, etag, contentType, isDeleteMarker, bytes: body.length },
    })),
  }));

export const exportParameters = ({ ssm }: WiredServices, { withSecrets }: ExportOptions): unknown =>
  ssm.parameters
    .list()
    .map((parameter) => (parameter.type === 'SecureString' && !withSecrets ? { ...parameter, value: leftOut } : parameter));

/** Roles and policies; nobody's keys. */
export const exportIdentities = ({ iam }: WiredServices): unknown => ({
  roles: plainValue(iam.roles.list()),
  policies: plainValue(iam.policies.list()),
});
