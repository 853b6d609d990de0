import type { CreateProvisioningTemplateVersionRequest, CreateProvisioningTemplateVersionResponse } from '@aws-sdk/client-iot';
import { parseTemplateBody } from '../../provisioning/template/parse-template.ts';
import { versionsLimitExceeded } from '../../refusals.ts';
import { findProvisioningTemplate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';
import { maximumTemplateVersions } from '../template-rules.ts';

type Operation = IotOperation<CreateProvisioningTemplateVersionRequest, CreateProvisioningTemplateVersionResponse>;

/** Adds a version to a template; it is the default only when asked for. */
export const createProvisioningTemplateVersion: Operation = (
  { registry, behaviour },
  { templateName, templateBody, setAsDefault = false },
) => {
  const template = findProvisioningTemplate(registry, templateName);
  parseTemplateBody(templateBody, behaviour);
  if (template.versions.length >= maximumTemplateVersions) {
    throw versionsLimitExceeded(`Provisioning template ${templateName} already has ${maximumTemplateVersions} versions.`);
  }
  const now = registry.clock.now();
  const versionId = template.lastVersionId + 1;
  registry.provisioningTemplates.set(templateName, {
    ...template,
    versions: [...template.versions, { versionId, templateBody, createdAt: now }],
    defaultVersionId: setAsDefault ? versionId : template.defaultVersionId,
    lastVersionId: versionId,
    modifiedAt: now,
  });
  return { templateArn: registry.arn('provisioningtemplate', templateName), templateName, versionId, isDefaultVersion: setAsDefault };
};
