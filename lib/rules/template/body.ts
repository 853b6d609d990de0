import { isObject, type JsonObject } from '../json.ts';
import type { TemplateResource } from '../rule.ts';
import { parseJson } from '../../../domain/parse-json.ts';

export const TEMPLATE_TYPE = 'AWS::IoT::ProvisioningTemplate';

/** Whether the devices of a template come by a certificate of their own, and are provisioned with nobody asked (DG:jit-provisioning). */
export const isJustInTime = ({ properties }: TemplateResource): boolean => properties['TemplateType'] === 'JITP';

export const bodyTextOf = ({ properties }: TemplateResource): string => {
  const body = properties['TemplateBody'];
  return typeof body === 'string' ? body : JSON.stringify(body ?? null);
};

/** The body of a provisioning template; undefined when it is no JSON object. */
export const bodyOf = (template: TemplateResource): JsonObject | undefined => {
  const body = parseJson(bodyTextOf(template));
  return isObject(body) ? body : undefined;
};

/** A section of the body, e.g. `Parameters`; empty when it is missing. */
export const sectionOf = (template: TemplateResource, name: string): JsonObject => {
  const section = bodyOf(template)?.[name];
  return isObject(section) ? section : {};
};

/** The properties of the body's resources of one type, e.g. `AWS::IoT::Thing`. */
export const bodyResourcesOf = (template: TemplateResource, type: string): readonly JsonObject[] =>
  Object.values(sectionOf(template, 'Resources'))
    .filter(isObject)
    .filter((resource) => resource['Type'] === type);

export const propertiesOf = (bodyResource: JsonObject): JsonObject =>
  isObject(bodyResource['Properties']) ? bodyResource['Properties'] : {};
