import type { UpdateProvisioningTemplateRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findProvisioningTemplate } from '../../registry/find.ts';
import { findTemplateVersion } from '../../registry/find-template-version.ts';
import type { IotOperation } from '../operation.ts';
import { checkProvisioningRole, hookOf } from '../template-rules.ts';

/** Changes what is given; the hook goes only with `removePreProvisioningHook`. */
export const updateProvisioningTemplate: IotOperation<UpdateProvisioningTemplateRequest> = (services, input) => {
  const { registry, behaviour } = services;
  const template = findProvisioningTemplate(registry, input.templateName);
  const removesHook = input.removePreProvisioningHook === true;
  if (removesHook && input.preProvisioningHook !== undefined) throw invalidRequest('A hook cannot be set and removed at once.');
  const defaultVersionId = input.defaultVersionId ?? template.defaultVersionId;
  findTemplateVersion(template, defaultVersionId);
  const provisioningRoleArn = input.provisioningRoleArn ?? template.provisioningRoleArn;
  if (input.provisioningRoleArn !== undefined) checkProvisioningRole(services, provisioningRoleArn);
  registry.provisioningTemplates.set(template.templateName, {
    ...template,
    description: input.description ?? template.description,
    enabled: input.enabled ?? template.enabled,
    defaultVersionId,
    provisioningRoleArn,
    hook: removesHook ? undefined : (hookOf(input.preProvisioningHook, { type: template.type, behaviour }) ?? template.hook),
    modifiedAt: registry.clock.now(),
  });
  return {};
};
