import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { accountAuditConfigurationResource } from './account-audit-configuration-resource.ts';
import { authorizerResource } from './authorizer-resource.ts';
import { certificateProviderResource } from './certificate-provider-resource.ts';
import { caCertificateResource } from './ca-certificate-resource.ts';
import { certificateResource } from './certificate-resource.ts';
import { domainConfigurationResource } from './domain-configuration-resource.ts';
import { loggingResource } from './logging-resource.ts';
import { mitigationActionResource } from './mitigation-action-resource.ts';
import { policyPrincipalAttachmentResource } from './policy-principal-attachment-resource.ts';
import { policyResource } from './policy-resource.ts';
import { provisioningTemplateResource } from './provisioning-template-resource.ts';
import { resourceSpecificLoggingResource } from './resource-specific-logging-resource.ts';
import { scheduledAuditResource } from './scheduled-audit-resource.ts';
import { securityProfileResource } from './security-profile-resource.ts';
import { thingGroupResource } from './thing-group-resource.ts';
import { thingPrincipalAttachmentResource } from './thing-principal-attachment-resource.ts';
import { thingResource } from './thing-resource.ts';
import { thingTypeResource } from './thing-type-resource.ts';
import { topicRuleResource } from './topic-rule-resource.ts';

/** The AWS::IoT resource types that the local CloudFormation knows. */
export const createIotResources = (iot: {
  readonly client: ControlPlaneClient;
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
}): readonly ResourceProvider[] => [
  policyResource(iot.client),
  thingResource(iot.client),
  thingTypeResource(iot.client, iot.registry),
  thingGroupResource(iot.client),
  certificateResource(iot.client),
  caCertificateResource(iot.client),
  policyPrincipalAttachmentResource(iot.client),
  thingPrincipalAttachmentResource(iot.client),
  provisioningTemplateResource(iot.client, iot.behaviour),
  topicRuleResource(iot.client, iot.registry),
  authorizerResource(iot.client),
  certificateProviderResource(iot.client),
  domainConfigurationResource(iot.client),
  loggingResource(iot.client, iot.registry),
  resourceSpecificLoggingResource(iot.client, iot.registry),
  accountAuditConfigurationResource(iot.client, iot.registry),
  scheduledAuditResource(iot.client),
  mitigationActionResource(iot.client),
  securityProfileResource(iot.client),
];
