import type { DescribeProvisioningTemplateVersionRequest, DescribeProvisioningTemplateVersionResponse } from '@aws-sdk/client-iot';
import { findProvisioningTemplate } from '../../registry/find.ts';
import { findTemplateVersion } from '../../registry/find-template-version.ts';
import type { IotOperation } from '../operation.ts';

type Operation = IotOperation<DescribeProvisioningTemplateVersionRequest, DescribeProvisioningTemplateVersionResponse>;

/** One version of a template. */
export const describeProvisioningTemplateVersion: Operation = ({ registry }, input) => {
  const template = findProvisioningTemplate(registry, input.templateName);
  const { versionId, templateBody, createdAt } = findTemplateVersion(template, input.versionId);
  return { versionId, creationDate: new Date(createdAt), templateBody, isDefaultVersion: template.defaultVersionId === versionId };
};
