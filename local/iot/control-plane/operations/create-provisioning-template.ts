import type { CreateProvisioningTemplateRequest, CreateProvisioningTemplateResponse } from '@aws-sdk/client-iot';
import { parseTemplateBody } from '../../provisioning/template/parse-template.ts';
import { alreadyExists, limitExceeded } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import type { IotOperation } from '../operation.ts';
import { checkProvisioningRole, hookOf, maximumTemplates } from '../template-rules.ts';

type Operation = IotOperation<CreateProvisioningTemplateRequest, CreateProvisioningTemplateResponse>;

/** Stores a template whose version 1 is the default. Its body is read at once: a fleet must not learn one by one that it is wrong. */
export const createProvisioningTemplate: Operation = ({ registry, behaviour, roles }, input) => {
  const { templateName, templateBody, provisioningRoleArn, type = 'FLEET_PROVISIONING' } = input;
  parseTemplateBody(templateBody, behaviour);
  checkProvisioningRole({ roles, behaviour }, provisioningRoleArn);
  const hook = hookOf(input.preProvisioningHook, { type, behaviour });
  const templateArn = registry.arn('provisioningtemplate', templateName);
  if (registry.provisioningTemplates.has(templateName)) {
    throw alreadyExists(`Provisioning template ${templateName} already exists.`, { id: templateName, arn: templateArn });
  }
  if (registry.provisioningTemplates.size >= maximumTemplates) throw limitExceeded(`An account has at most ${maximumTemplates} templates.`);
  addTags(registry, templateArn, input.tags);
  const now = registry.clock.now();
  registry.provisioningTemplates.set(templateName, {
    templateName,
    type,
    description: input.description,
    enabled: input.enabled ?? behaviour['template.is-enabled-by-default'],
    provisioningRoleArn,
    hook,
    versions: [{ versionId: 1, templateBody, createdAt: now }],
    defaultVersionId: 1,
    lastVersionId: 1,
    createdAt: now,
    modifiedAt: now,
  });
  return { templateArn, templateName, defaultVersionId: 1 };
};
