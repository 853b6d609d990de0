import { addThingToThingGroup } from './operations/add-thing-to-thing-group.ts';
import { attachPolicy } from './operations/attach-policy.ts';
import { attachPrincipalPolicy } from './operations/attach-principal-policy.ts';
import { attachSecurityProfile } from './operations/attach-security-profile.ts';
import { attachThingPrincipal } from './operations/attach-thing-principal.ts';
import { cancelAuditTask } from './operations/cancel-audit-task.ts';
import { cancelJob } from './operations/cancel-job.ts';
import { cancelJobExecution } from './operations/cancel-job-execution.ts';
import { clearDefaultAuthorizer } from './operations/clear-default-authorizer.ts';
import { createAuditSuppression } from './operations/create-audit-suppression.ts';
import { createAuthorizer } from './operations/create-authorizer.ts';
import { createCertificateFromCsr } from './operations/create-certificate-from-csr.ts';
import { createCertificateProvider } from './operations/create-certificate-provider.ts';
import { createDomainConfiguration } from './operations/create-domain-configuration.ts';
import { createJob } from './operations/create-job.ts';
import { createKeysAndCertificate } from './operations/create-keys-and-certificate.ts';
import { createMitigationAction } from './operations/create-mitigation-action.ts';
import { createPolicy } from './operations/create-policy.ts';
import { createPolicyVersion } from './operations/create-policy-version.ts';
import { createProvisioningClaim } from './operations/create-provisioning-claim.ts';
import { createProvisioningTemplate } from './operations/create-provisioning-template.ts';
import { createProvisioningTemplateVersion } from './operations/create-provisioning-template-version.ts';
import { createScheduledAudit } from './operations/create-scheduled-audit.ts';
import { createSecurityProfile } from './operations/create-security-profile.ts';
import { createThing } from './operations/create-thing.ts';
import { createThingGroup } from './operations/create-thing-group.ts';
import { createThingType } from './operations/create-thing-type.ts';
import { createTopicRule } from './operations/create-topic-rule.ts';
import { deleteAccountAuditConfiguration } from './operations/delete-account-audit-configuration.ts';
import { deleteAuditSuppression } from './operations/delete-audit-suppression.ts';
import { deleteAuthorizer } from './operations/delete-authorizer.ts';
import { deleteCACertificate } from './operations/delete-ca-certificate.ts';
import { deleteCertificate } from './operations/delete-certificate.ts';
import { deleteCertificateProvider } from './operations/delete-certificate-provider.ts';
import { deleteDomainConfiguration } from './operations/delete-domain-configuration.ts';
import { deleteJob } from './operations/delete-job.ts';
import { deleteJobExecution } from './operations/delete-job-execution.ts';
import { deleteMitigationAction } from './operations/delete-mitigation-action.ts';
import { deletePolicy } from './operations/delete-policy.ts';
import { deletePolicyVersion } from './operations/delete-policy-version.ts';
import { deleteProvisioningTemplate } from './operations/delete-provisioning-template.ts';
import { deleteProvisioningTemplateVersion } from './operations/delete-provisioning-template-version.ts';
import { deleteRegistrationCode } from './operations/delete-registration-code.ts';
import { deleteScheduledAudit } from './operations/delete-scheduled-audit.ts';
import { deleteSecurityProfile } from './operations/delete-security-profile.ts';
import { deleteThing } from './operations/delete-thing.ts';
import { deleteThingGroup } from './operations/delete-thing-group.ts';
import { deleteThingType } from './operations/delete-thing-type.ts';
import { deleteTopicRule } from './operations/delete-topic-rule.ts';
import { deleteV2LoggingLevel } from './operations/delete-v2-logging-level.ts';
import { deprecateThingType } from './operations/deprecate-thing-type.ts';
import { describeAccountAuditConfiguration } from './operations/describe-account-audit-configuration.ts';
import { describeAuditFinding } from './operations/describe-audit-finding.ts';
import { describeAuditMitigationActionsTask } from './operations/describe-audit-mitigation-actions-task.ts';
import { describeAuditSuppression } from './operations/describe-audit-suppression.ts';
import { describeAuditTask } from './operations/describe-audit-task.ts';
import { describeAuthorizer } from './operations/describe-authorizer.ts';
import { describeCACertificate } from './operations/describe-ca-certificate.ts';
import { describeCertificate } from './operations/describe-certificate.ts';
import { describeCertificateProvider } from './operations/describe-certificate-provider.ts';
import { describeDefaultAuthorizer } from './operations/describe-default-authorizer.ts';
import { describeDomainConfiguration } from './operations/describe-domain-configuration.ts';
import { describeEncryptionConfiguration } from './operations/describe-encryption-configuration.ts';
import { describeEndpoint } from './operations/describe-endpoint.ts';
import { describeEventConfigurations } from './operations/describe-event-configurations.ts';
import { describeJob } from './operations/describe-job.ts';
import { describeJobExecution } from './operations/describe-job-execution.ts';
import { describeMitigationAction } from './operations/describe-mitigation-action.ts';
import { describeProvisioningTemplate } from './operations/describe-provisioning-template.ts';
import { describeProvisioningTemplateVersion } from './operations/describe-provisioning-template-version.ts';
import { describeScheduledAudit } from './operations/describe-scheduled-audit.ts';
import { describeSecurityProfile } from './operations/describe-security-profile.ts';
import { describeThing } from './operations/describe-thing.ts';
import { describeThingGroup } from './operations/describe-thing-group.ts';
import { describeThingType } from './operations/describe-thing-type.ts';
import { detachPolicy } from './operations/detach-policy.ts';
import { detachPrincipalPolicy } from './operations/detach-principal-policy.ts';
import { detachSecurityProfile } from './operations/detach-security-profile.ts';
import { detachThingPrincipal } from './operations/detach-thing-principal.ts';
import { disableTopicRule } from './operations/disable-topic-rule.ts';
import { enableTopicRule } from './operations/enable-topic-rule.ts';
import { getEffectivePolicies } from './operations/get-effective-policies.ts';
import { getJobDocument } from './operations/get-job-document.ts';
import { getLoggingOptions } from './operations/get-logging-options.ts';
import { getPolicy } from './operations/get-policy.ts';
import { getPolicyVersion } from './operations/get-policy-version.ts';
import { getRegistrationCode } from './operations/get-registration-code.ts';
import { getTopicRule } from './operations/get-topic-rule.ts';
import { getV2LoggingOptions } from './operations/get-v2-logging-options.ts';
import { listActiveViolations } from './operations/list-active-violations.ts';
import { listAttachedPolicies } from './operations/list-attached-policies.ts';
import { listAuditFindings } from './operations/list-audit-findings.ts';
import { listAuditMitigationActionsExecutions } from './operations/list-audit-mitigation-actions-executions.ts';
import { listAuditSuppressions } from './operations/list-audit-suppressions.ts';
import { listAuditTasks } from './operations/list-audit-tasks.ts';
import { listAuthorizers } from './operations/list-authorizers.ts';
import { listCACertificates } from './operations/list-ca-certificates.ts';
import { listCertificateProviders } from './operations/list-certificate-providers.ts';
import { listCertificates } from './operations/list-certificates.ts';
import { listCertificatesByCA } from './operations/list-certificates-by-ca.ts';
import { listDomainConfigurations } from './operations/list-domain-configurations.ts';
import { listJobExecutionsForJob } from './operations/list-job-executions-for-job.ts';
import { listJobExecutionsForThing } from './operations/list-job-executions-for-thing.ts';
import { listJobs } from './operations/list-jobs.ts';
import { listMitigationActions } from './operations/list-mitigation-actions.ts';
import { listPolicies } from './operations/list-policies.ts';
import { listPolicyPrincipals } from './operations/list-policy-principals.ts';
import { listPolicyVersions } from './operations/list-policy-versions.ts';
import { listPrincipalPolicies } from './operations/list-principal-policies.ts';
import { listPrincipalThings } from './operations/list-principal-things.ts';
import { listPrincipalThingsV2 } from './operations/list-principal-things-v2.ts';
import { listProvisioningTemplateVersions } from './operations/list-provisioning-template-versions.ts';
import { listProvisioningTemplates } from './operations/list-provisioning-templates.ts';
import { listScheduledAudits } from './operations/list-scheduled-audits.ts';
import { listSecurityProfiles } from './operations/list-security-profiles.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { listTargetsForPolicy } from './operations/list-targets-for-policy.ts';
import { listTargetsForSecurityProfile } from './operations/list-targets-for-security-profile.ts';
import { listThingGroups } from './operations/list-thing-groups.ts';
import { listThingGroupsForThing } from './operations/list-thing-groups-for-thing.ts';
import { listThingPrincipals } from './operations/list-thing-principals.ts';
import { listThingPrincipalsV2 } from './operations/list-thing-principals-v2.ts';
import { listThingTypes } from './operations/list-thing-types.ts';
import { listThings } from './operations/list-things.ts';
import { listThingsInThingGroup } from './operations/list-things-in-thing-group.ts';
import { listTopicRules } from './operations/list-topic-rules.ts';
import { listV2LoggingLevels } from './operations/list-v2-logging-levels.ts';
import { registerCACertificate } from './operations/register-ca-certificate.ts';
import { registerCertificate } from './operations/register-certificate.ts';
import { registerCertificateWithoutCA } from './operations/register-certificate-without-ca.ts';
import { removeThingFromThingGroup } from './operations/remove-thing-from-thing-group.ts';
import { replaceTopicRule } from './operations/replace-topic-rule.ts';
import { setDefaultAuthorizer } from './operations/set-default-authorizer.ts';
import { setDefaultPolicyVersion } from './operations/set-default-policy-version.ts';
import { setLoggingOptions } from './operations/set-logging-options.ts';
import { setV2LoggingLevel } from './operations/set-v2-logging-level.ts';
import { setV2LoggingOptions } from './operations/set-v2-logging-options.ts';
import { startAuditMitigationActionsTask } from './operations/start-audit-mitigation-actions-task.ts';
import { startOnDemandAuditTask } from './operations/start-on-demand-audit-task.ts';
import { tagResource } from './operations/tag-resource.ts';
import { testAuthorization } from './operations/test-authorization.ts';
import { testInvokeAuthorizer } from './operations/test-invoke-authorizer.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateAccountAuditConfiguration } from './operations/update-account-audit-configuration.ts';
import { updateAuditSuppression } from './operations/update-audit-suppression.ts';
import { updateAuthorizer } from './operations/update-authorizer.ts';
import { updateCACertificate } from './operations/update-ca-certificate.ts';
import { updateCertificate } from './operations/update-certificate.ts';
import { updateCertificateProvider } from './operations/update-certificate-provider.ts';
import { updateDomainConfiguration } from './operations/update-domain-configuration.ts';
import { updateEventConfigurations } from './operations/update-event-configurations.ts';
import { updateMitigationAction } from './operations/update-mitigation-action.ts';
import { updateProvisioningTemplate } from './operations/update-provisioning-template.ts';
import { updateScheduledAudit } from './operations/update-scheduled-audit.ts';
import { updateSecurityProfile } from './operations/update-security-profile.ts';
import { updateThing } from './operations/update-thing.ts';
import { updateThingGroup } from './operations/update-thing-group.ts';
import { updateThingGroupsForThing } from './operations/update-thing-groups-for-thing.ts';
import { updateThingType } from './operations/update-thing-type.ts';

/** The operations that the local AWS has, by the name that AWS publishes; each is typed by its own request. */
export const operations = {
  AddThingToThingGroup: addThingToThingGroup,
  AttachPolicy: attachPolicy,
  AttachPrincipalPolicy: attachPrincipalPolicy,
  AttachSecurityProfile: attachSecurityProfile,
  AttachThingPrincipal: attachThingPrincipal,
  CancelAuditTask: cancelAuditTask,
  CancelJob: cancelJob,
  CancelJobExecution: cancelJobExecution,
  ClearDefaultAuthorizer: clearDefaultAuthorizer,
  CreateAuditSuppression: createAuditSuppression,
  CreateAuthorizer: createAuthorizer,
  CreateCertificateFromCsr: createCertificateFromCsr,
  CreateCertificateProvider: createCertificateProvider,
  CreateDomainConfiguration: createDomainConfiguration,
  CreateJob: createJob,
  CreateKeysAndCertificate: createKeysAndCertificate,
  CreateMitigationAction: createMitigationAction,
  CreatePolicy: createPolicy,
  CreatePolicyVersion: createPolicyVersion,
  CreateProvisioningClaim: createProvisioningClaim,
  CreateProvisioningTemplate: createProvisioningTemplate,
  CreateProvisioningTemplateVersion: createProvisioningTemplateVersion,
  CreateScheduledAudit: createScheduledAudit,
  CreateSecurityProfile: createSecurityProfile,
  CreateThing: createThing,
  CreateThingGroup: createThingGroup,
  CreateThingType: createThingType,
  CreateTopicRule: createTopicRule,
  DeleteAccountAuditConfiguration: deleteAccountAuditConfiguration,
  DeleteAuditSuppression: deleteAuditSuppression,
  DeleteAuthorizer: deleteAuthorizer,
  DeleteCACertificate: deleteCACertificate,
  DeleteCertificate: deleteCertificate,
  DeleteCertificateProvider: deleteCertificateProvider,
  DeleteDomainConfiguration: deleteDomainConfiguration,
  DeleteJob: deleteJob,
  DeleteJobExecution: deleteJobExecution,
  DeleteMitigationAction: deleteMitigationAction,
  DeletePolicy: deletePolicy,
  DeletePolicyVersion: deletePolicyVersion,
  DeleteProvisioningTemplate: deleteProvisioningTemplate,
  DeleteProvisioningTemplateVersion: deleteProvisioningTemplateVersion,
  DeleteRegistrationCode: deleteRegistrationCode,
  DeleteScheduledAudit: deleteScheduledAudit,
  DeleteSecurityProfile: deleteSecurityProfile,
  DeleteThing: deleteThing,
  DeleteThingGroup: deleteThingGroup,
  DeleteThingType: deleteThingType,
  DeleteTopicRule: deleteTopicRule,
  DeleteV2LoggingLevel: deleteV2LoggingLevel,
  DeprecateThingType: deprecateThingType,
  DescribeAccountAuditConfiguration: describeAccountAuditConfiguration,
  DescribeAuditFinding: describeAuditFinding,
  DescribeAuditMitigationActionsTask: describeAuditMitigationActionsTask,
  DescribeAuditSuppression: describeAuditSuppression,
  DescribeAuditTask: describeAuditTask,
  DescribeAuthorizer: describeAuthorizer,
  DescribeCACertificate: describeCACertificate,
  DescribeCertificate: describeCertificate,
  DescribeCertificateProvider: describeCertificateProvider,
  DescribeDefaultAuthorizer: describeDefaultAuthorizer,
  DescribeDomainConfiguration: describeDomainConfiguration,
  DescribeEncryptionConfiguration: describeEncryptionConfiguration,
  DescribeEndpoint: describeEndpoint,
  DescribeEventConfigurations: describeEventConfigurations,
  DescribeJob: describeJob,
  DescribeJobExecution: describeJobExecution,
  DescribeMitigationAction: describeMitigationAction,
  DescribeProvisioningTemplate: describeProvisioningTemplate,
  DescribeProvisioningTemplateVersion: describeProvisioningTemplateVersion,
  DescribeScheduledAudit: describeScheduledAudit,
  DescribeSecurityProfile: describeSecurityProfile,
  DescribeThing: describeThing,
  DescribeThingGroup: describeThingGroup,
  DescribeThingType: describeThingType,
  DetachPolicy: detachPolicy,
  DetachPrincipalPolicy: detachPrincipalPolicy,
  DetachSecurityProfile: detachSecurityProfile,
  DetachThingPrincipal: detachThingPrincipal,
  DisableTopicRule: disableTopicRule,
  EnableTopicRule: enableTopicRule,
  GetEffectivePolicies: getEffectivePolicies,
  GetJobDocument: getJobDocument,
  GetLoggingOptions: getLoggingOptions,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  GetRegistrationCode: getRegistrationCode,
  GetTopicRule: getTopicRule,
  GetV2LoggingOptions: getV2LoggingOptions,
  ListActiveViolations: listActiveViolations,
  ListAttachedPolicies: listAttachedPolicies,
  ListAuditFindings: listAuditFindings,
  ListAuditMitigationActionsExecutions: listAuditMitigationActionsExecutions,
  ListAuditSuppressions: listAuditSuppressions,
  ListAuditTasks: listAuditTasks,
  ListAuthorizers: listAuthorizers,
  ListCACertificates: listCACertificates,
  ListCertificateProviders: listCertificateProviders,
  ListCertificates: listCertificates,
  ListCertificatesByCA: listCertificatesByCA,
  ListDomainConfigurations: listDomainConfigurations,
  ListJobExecutionsForJob: listJobExecutionsForJob,
  ListJobExecutionsForThing: listJobExecutionsForThing,
  ListJobs: listJobs,
  ListMitigationActions: listMitigationActions,
  ListPolicies: listPolicies,
  ListPolicyPrincipals: listPolicyPrincipals,
  ListPolicyVersions: listPolicyVersions,
  ListPrincipalPolicies: listPrincipalPolicies,
  ListPrincipalThings: listPrincipalThings,
  ListPrincipalThingsV2: listPrincipalThingsV2,
  ListProvisioningTemplateVersions: listProvisioningTemplateVersions,
  ListProvisioningTemplates: listProvisioningTemplates,
  ListScheduledAudits: listScheduledAudits,
  ListSecurityProfiles: listSecurityProfiles,
  ListTagsForResource: listTagsForResource,
  ListTargetsForPolicy: listTargetsForPolicy,
  ListTargetsForSecurityProfile: listTargetsForSecurityProfile,
  ListThingGroups: listThingGroups,
  ListThingGroupsForThing: listThingGroupsForThing,
  ListThingPrincipals: listThingPrincipals,
  ListThingPrincipalsV2: listThingPrincipalsV2,
  ListThingTypes: listThingTypes,
  ListThings: listThings,
  ListThingsInThingGroup: listThingsInThingGroup,
  ListTopicRules: listTopicRules,
  ListV2LoggingLevels: listV2LoggingLevels,
  RegisterCACertificate: registerCACertificate,
  RegisterCertificate: registerCertificate,
  RegisterCertificateWithoutCA: registerCertificateWithoutCA,
  RemoveThingFromThingGroup: removeThingFromThingGroup,
  ReplaceTopicRule: replaceTopicRule,
  SetDefaultAuthorizer: setDefaultAuthorizer,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
  SetLoggingOptions: setLoggingOptions,
  SetV2LoggingLevel: setV2LoggingLevel,
  SetV2LoggingOptions: setV2LoggingOptions,
  StartAuditMitigationActionsTask: startAuditMitigationActionsTask,
  StartOnDemandAuditTask: startOnDemandAuditTask,
  TagResource: tagResource,
  TestAuthorization: testAuthorization,
  TestInvokeAuthorizer: testInvokeAuthorizer,
  UntagResource: untagResource,
  UpdateAccountAuditConfiguration: updateAccountAuditConfiguration,
  UpdateAuditSuppression: updateAuditSuppression,
  UpdateAuthorizer: updateAuthorizer,
  UpdateCACertificate: updateCACertificate,
  UpdateCertificate: updateCertificate,
  UpdateCertificateProvider: updateCertificateProvider,
  UpdateDomainConfiguration: updateDomainConfiguration,
  UpdateEventConfigurations: updateEventConfigurations,
  UpdateMitigationAction: updateMitigationAction,
  UpdateProvisioningTemplate: updateProvisioningTemplate,
  UpdateScheduledAudit: updateScheduledAudit,
  UpdateSecurityProfile: updateSecurityProfile,
  UpdateThing: updateThing,
  UpdateThingGroup: updateThingGroup,
  UpdateThingGroupsForThing: updateThingGroupsForThing,
  UpdateThingType: updateThingType,
} as const;
