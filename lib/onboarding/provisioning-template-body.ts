import type { LineConfiguration } from '../../domain/configuration.ts';
import { DEVICE_CONFIGURATION_KEY, deviceParameters, hookParameters } from '../../domain/admission/provisioning-contract.ts';
import type { ResourceNames } from '../../domain/resource-names.ts';

type Parameter = (typeof deviceParameters)[number] | (typeof hookParameters)[number];

const ref = (name: Parameter) => ({ Ref: name });

// Only what a device may leave out has a default. What names a resource has none: without the hook, nothing is provisioned.
const defaults: Partial<Record<Parameter, string>> = { Evidence: '' };

const declarations = Object.fromEntries(
  [...deviceParameters, ...hookParameters].map((name) => [
    name,
    { Type: 'String', ...(defaults[name] === undefined ? {} : { Default: defaults[name] }) },
  ]),
);

type LineSubject = Pick<LineConfiguration, 'name' | 'attestation'>;

/** The body of a line's provisioning template (DG:provision-template): the contract of `domain/provisioning-contract.ts`. */
export const provisioningTemplateBody = (names: ResourceNames, { name, attestation }: LineSubject) => ({
  Parameters: declarations,
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: ref('ThingName'),
        ThingTypeName: ref('ThingType'),
        // Written out, so that no answer of the hook can leave it out: who showed a serial number only begins on probation.
        ThingGroups: [ref('LineGroup'), ref('TenantGroup'), ...(attestation === 'serial-only' ? [names.probationGroup] : [])],
        AttributePayload: { tenant: ref('Tenant'), approach: ref('Approach') },
      },
      // Groups are left as they are: a thing in quarantine stays there when its device provisions again, and one that an
      // operator let off probation is not put back.
      OverrideSettings: { AttributePayload: 'REPLACE', ThingTypeName: 'FAIL', ThingGroups: 'DO_NOTHING' },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE', ThingPrincipalType: 'EXCLUSIVE_THING' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: names.devicePolicy(name) } },
  },
  DeviceConfiguration: { [DEVICE_CONFIGURATION_KEY]: ref('DeviceConfiguration') },
});
