import type { DeleteProvisioningTemplateVersionRequest } from '@aws-sdk/client-iot';
import { deleteConflict, invalidRequest } from '../../refusals.ts';
import { findProvisioningTemplate } from '../../registry/find.ts';
import { findTemplateVersion } from '../../registry/find-template-version.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a version that is not the default one. */
export const deleteProvisioningTemplateVersion: IotOperation<DeleteProvisioningTemplateVersionRequest> = (
  { registry, behaviour },
  input,
) => {
  const template = findProvisioningTemplate(registry, input.templateName);
  const { versionId } = findTemplateVersion(template, input.versionId);
  if (template.defaultVersionId === versionId) {
    const refuse = behaviour['template.default-version-deletion-error'] === 'DeleteConflictException' ? deleteConflict : invalidRequest;
    throw refuse(`Version ${versionId} is the default version of ${template.templateName}.`);
  }
  const versions = template.versions.filter((version) => version.versionId !== versionId);
  registry.provisioningTemplates.set(template.templateName, { ...template, versions });
  return {};
};
