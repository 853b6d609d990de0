import type { RegistrationConfig as RequestedConfig } from '@aws-sdk/client-iot';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { parseTemplateBody } from '../provisioning/template/parse-template.ts';
import { invalidRequest } from '../refusals.ts';
import { findProvisioningTemplate } from '../registry/find.ts';
import type { RegistrationConfig } from '../registry/records.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { ValidInput } from '../valid-input.ts';

const roleArnPattern = /^arn:[\w-]+:iam::\d{12}:role\/.+$/;

// DG:provision-template: these sections are for fleet provisioning.
const foreignSections = ['Mappings', 'DeviceConfiguration'];

const checkBody = (templateBody: string, behaviour: IotBehaviour): void => {
  parseTemplateBody(templateBody, behaviour);
  const sections = Object.keys(JSON.parse(templateBody) as object); // the parser has just read an object
  const foreign = sections.find((section) => foreignSections.includes(section));
  if (foreign !== undefined) throw invalidRequest(`A template for just-in-time provisioning has no ${foreign}.`);
};

const checkNamedTemplate = (registry: IotRegistry, templateName: string): void => {
  const { type } = findProvisioningTemplate(registry, templateName);
  if (type !== 'JITP') throw invalidRequest(`Provisioning template ${templateName} is of type ${type}; JITP is required.`);
};

/**
 * What just-in-time provisioning shall do, checked: a template of type JITP by its name, whose own role is used, or a body
 * with a role (DG:jit-provisioning).
 *
 * @throws AwsError `InvalidRequestException`, `ResourceNotFoundException`
 */
export const readRegistrationConfig = (
  { registry, behaviour }: { readonly registry: IotRegistry; readonly behaviour: IotBehaviour },
  config: ValidInput<RequestedConfig>,
): RegistrationConfig => {
  const { templateName, templateBody, roleArn } = config;
  if ((templateName === undefined) === (templateBody === undefined)) {
    throw invalidRequest('registrationConfig needs exactly one of templateName and templateBody.');
  }
  if (roleArn !== undefined && !roleArnPattern.test(roleArn)) throw invalidRequest(`roleArn '${roleArn}' is not the ARN of a role.`);
  if (templateName !== undefined) checkNamedTemplate(registry, templateName);
  if (templateBody !== undefined) {
    if (roleArn === undefined) throw invalidRequest('registrationConfig with a templateBody needs a roleArn.');
    checkBody(templateBody, behaviour);
  }
  return { templateName, templateBody, roleArn };
};
