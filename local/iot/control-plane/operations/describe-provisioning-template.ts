import type { DescribeProvisioningTemplateRequest, DescribeProvisioningTemplateResponse } from '@aws-sdk/client-iot';
import { findProvisioningTemplate } from '../../registry/find.ts';
import { findTemplateVersion } from '../../registry/find-template-version.ts';
import type { IotOperation } from '../operation.ts';

type Operation = IotOperation<DescribeProvisioningTemplateRequest, DescribeProvisioningTemplateResponse>;

/** A template with its default version's body. */
export const describeProvisioningTemplate: Operation = ({ registry }, { templateName }) => {
  const template = findProvisioningTemplate(registry, templateName);
  return {
    templateArn: registry.arn('provisioningtemplate', templateName),
    templateName,
    description: template.description,
    creationDate: new Date(template.createdAt),
    lastModifiedDate: new Date(template.modifiedAt),
    defaultVersionId: template.defaultVersionId,
    templateBody: findTemplateVersion(template, template.defaultVersionId).templateBody,
    enabled: template.enabled,
    provisioningRoleArn: template.provisioningRoleArn,
    preProvisioningHook: template.hook,
    type: template.type,
  };
};
