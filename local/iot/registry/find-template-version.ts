import { notFound } from '../refusals.ts';
import type { ProvisioningTemplate, ProvisioningTemplateVersion } from './records.ts';

/** The version or `ResourceNotFoundException`. */
export const findTemplateVersion = (template: ProvisioningTemplate, versionId: number): ProvisioningTemplateVersion => {
  const version = template.versions.find((each) => each.versionId === versionId);
  if (version === undefined) throw notFound(`Provisioning template ${template.templateName} has no version ${versionId}.`);
  return version;
};
