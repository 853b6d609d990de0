/** What AWS knows by a name of our choice, where it is defined: `records`, `onboarding` or `operations`. */
export type NamedResource = readonly [type: string, name: string, stack: string, logicalId: string];

/**
 * Of a deployment that has one of everything, in the order of types and names. What is new is added and what is gone is taken out; a
 * name that moved is another matter, of which the test tells more.
 */
export const namedResources: readonly NamedResource[] = [
  ['AWS::CloudWatch::Alarm', 'muster-clone-suspected', 'onboarding', 'CloneWatchAlarm3C3046C9'],
  ['AWS::CloudWatch::Alarm', 'muster-contested', 'operations', 'ClaimsAlarmscontestedDC2D7238'],
  ['AWS::CloudWatch::Alarm', 'muster-oauth-refusals', 'onboarding', 'oauthAuthorizerMetricsAlarm89045B35'],
  ['AWS::CloudWatch::Alarm', 'muster-psk-refusals', 'onboarding', 'pskAuthorizerMetricsAlarm145DBBD9'],
  ['AWS::CloudWatch::Alarm', 'muster-publishes-refused', 'onboarding', 'RefusalWatchAlarmAA67073B'],
  ['AWS::CloudWatch::Alarm', 'muster-reconciliation', 'operations', 'ReconciliationAlarm24F7ED27'],
  ['AWS::CloudWatch::Alarm', 'muster-unknown-claim', 'operations', 'ClaimsAlarmsunknownclaimC34B4A4F'],
  ['AWS::IAM::ManagedPolicy', 'muster-auditor', 'operations', 'Policyauditor45B7C2EE'],
  ['AWS::IAM::ManagedPolicy', 'muster-desk', 'operations', 'PolicydeskA1E85007'],
  ['AWS::IAM::ManagedPolicy', 'muster-factory', 'operations', 'Policyfactory5410931E'],
  ['AWS::IAM::ManagedPolicy', 'muster-operator', 'operations', 'Policyoperator1F5BEC80'],
  ['AWS::IAM::ManagedPolicy', 'muster-plant-7', 'operations', 'Policyplant720A7A7DE'],
  ['AWS::IAM::ManagedPolicy', 'muster-security', 'operations', 'PolicysecurityF91EBC4F'],
  ['AWS::IAM::ManagedPolicy', 'muster-support', 'operations', 'Policysupport8B111895'],
  ['AWS::IoT::Authorizer', 'muster-oauth', 'onboarding', 'oauthAuthorizer49E9036D'],
  ['AWS::IoT::Authorizer', 'muster-psk', 'onboarding', 'pskAuthorizerD4547A31'],
  ['AWS::IoT::Policy', 'muster-claim-sensor', 'records', 'ApproachpkiClaimPolicysensorD78C8983'],
  ['AWS::IoT::Policy', 'muster-device-sensor', 'records', 'ApproachpkiDevicePolicysensor4AD993DC'],
  ['AWS::IoT::Policy', 'muster-probation', 'records', 'RegistryProbationPolicy5DA1AD3D'],
  ['AWS::IoT::Policy', 'muster-quarantine', 'records', 'RegistryQuarantinePolicy0E28E4ED'],
  ['AWS::IoT::Policy', 'muster-tenant-acme', 'records', 'RegistryTenantPolicyacme01B5B8A2'],
  ['AWS::IoT::ProvisioningTemplate', 'muster-sensor', 'onboarding', 'pkiLinesensorTemplate55CBD452'],
  ['AWS::IoT::ThingGroup', 'muster-line-beacon', 'records', 'RegistryLineGroupbeacon3CD82425'],
  ['AWS::IoT::ThingGroup', 'muster-line-sensor', 'records', 'RegistryLineGroupsensor944DF7FE'],
  ['AWS::IoT::ThingGroup', 'muster-line-sensor:europe', 'records', 'RegistryAllocationGroupsensoreurope435B88C4'],
  ['AWS::IoT::ThingGroup', 'muster-line-valve', 'records', 'RegistryLineGroupvalve97432A56'],
  ['AWS::IoT::ThingGroup', 'muster-probation', 'records', 'RegistryProbationGroup7BEBC1CA'],
  ['AWS::IoT::ThingGroup', 'muster-quarantine', 'records', 'RegistryQuarantineGroup6F894CCF'],
  ['AWS::IoT::ThingGroup', 'muster-tenant-acme', 'records', 'RegistryTenantGroupacme8335A51D'],
  ['AWS::IoT::ThingType', 'muster-beacon', 'records', 'RegistryThingTypebeacon5ECC5E43'],
  ['AWS::IoT::ThingType', 'muster-sensor', 'records', 'RegistryThingTypesensor643DED55'],
  ['AWS::IoT::ThingType', 'muster-valve', 'records', 'RegistryThingTypevalve43E877B4'],
  ['AWS::IoT::TopicRule', 'muster_claim_presence', 'operations', 'ClaimsConnectionsSightingsRule0778DAA7'],
  ['AWS::IoT::TopicRule', 'muster_presence', 'onboarding', 'ActivationSightingsRuleDF2DC0ED'],
  ['AWS::IoT::TopicRule', 'muster_presence_assigned', 'onboarding', 'ActivationSightingsRule24987E49C'],
  ['AWS::IoT::TopicRule', 'muster_registered', 'onboarding', 'pkiJustInTimeRegistrationAnnouncementsRule86E2A9DD'],
  ['AWS::IoT::TopicRule', 'muster_take_overs', 'onboarding', 'CloneWatchTakeOversRule87974851'],
  ['AWS::IoT::TopicRule', 'muster_time', 'onboarding', 'pskTimeTopicRule59DC053B'],
  ['AWS::KMS::Alias', 'alias/muster-psk-valve-1', 'records', 'ApproachpskMasterKeyvalve1AliasAE804F9D'],
  ['Custom::MusterDomainConfiguration', 'muster-oauth', 'onboarding', 'oauthDomainKept21ABEC48'],
];
