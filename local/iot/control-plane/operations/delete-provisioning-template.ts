import type { DeleteProvisioningTemplateRequest } from '@aws-sdk/client-iot';
import { deleteConflict } from '../../refusals.ts';
import { findProvisioningTemplate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a template with its versions, as CloudFormation does without deleting those first. */
export const deleteProvisioningTemplate: IotOperation<DeleteProvisioningTemplateRequest> = ({ registry, behaviour }, { templateName }) => {
  const { versions } = findProvisioningTemplate(registry, templateName);
  if (versions.length > 1 && !behaviour['template.is-deleted-with-its-versions']) {
    throw deleteConflict(`Provisioning template ${templateName} has versions besides the default one; delete them first.`);
  }
  registry.provisioningTemplates.delete(templateName);
  registry.tags.delete(registry.arn('provisioningtemplate', templateName));
  return {};
};
