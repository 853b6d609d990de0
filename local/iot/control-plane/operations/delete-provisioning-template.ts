import type { DeleteProvisioningTemplateRequest } from '@aws-sdk/client-iot';
import { findProvisioningTemplate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a template with all its versions (assumed: CloudFormation does so without deleting versions first). */
export const deleteProvisioningTemplate: IotOperation<DeleteProvisioningTemplateRequest> = ({ registry }, { templateName }) => {
  findProvisioningTemplate(registry, templateName);
  registry.provisioningTemplates.delete(templateName);
  registry.tags.delete(registry.arn('provisioningtemplate', templateName));
  return {};
};
