import type { ListProvisioningTemplateVersionsRequest, ListProvisioningTemplateVersionsResponse } from '@aws-sdk/client-iot';
import { findProvisioningTemplate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

type Operation = IotOperation<ListProvisioningTemplateVersionsRequest, ListProvisioningTemplateVersionsResponse>;

/** The versions of a template, oldest first. */
export const listProvisioningTemplateVersions: Operation = ({ registry }, input) => {
  const template = findProvisioningTemplate(registry, input.templateName);
  const page = pageOf(template.versions, ({ versionId }) => String(versionId).padStart(10, '0'), {
    token: input.nextToken,
    limit: input.maxResults,
  });
  const versions = page.items.map(({ versionId, createdAt }) => ({
    versionId,
    creationDate: new Date(createdAt),
    isDefaultVersion: versionId === template.defaultVersionId,
  }));
  return { versions, nextToken: page.nextToken };
};
