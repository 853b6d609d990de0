// Written by generate-bindings.ts from the schemas of @aws-sdk/client-iot. Do not edit.
import type { OperationBinding, StructureBinding } from './binding.ts';

/** Every operation that AWS publishes, by name. */
export const operationBindings: Readonly<Record<string, OperationBinding>> = {
  AcceptCertificateTransfer: {
    method: 'PATCH',
    uri: '/accept-certificate-transfer/{certificateId}',
  },
  AddThingToBillingGroup: {
    method: 'PUT',
    uri: '/billing-groups/addThingToBillingGroup',
  },
  AddThingToThingGroup: {
    method: 'PUT',
    uri: '/thing-groups/addThingToThingGroup',
    input: 'AddThingToThingGroupRequest',
  },
  AssociateSbomWithPackageVersion: {
    method: 'PUT',
    uri: '/packages/{packageName}/versions/{versionName}/sbom',
  },
  AssociateTargetsWithJob: {
    method: 'POST',
    uri: '/jobs/{jobId}/targets',
  },
  AttachPolicy: {
    method: 'PUT',
    uri: '/target-policies/{policyName}',
    input: 'AttachPolicyRequest',
  },
  AttachPrincipalPolicy: {
    method: 'PUT',
    uri: '/principal-policies/{policyName}',
    input: 'AttachPrincipalPolicyRequest',
  },
  AttachSecurityProfile: {
    method: 'PUT',
    uri: '/security-profiles/{securityProfileName}/targets',
    input: 'AttachSecurityProfileRequest',
  },
  AttachThingPrincipal: {
    method: 'PUT',
    uri: '/things/{thingName}/principals',
    input: 'AttachThingPrincipalRequest',
  },
  CancelAuditMitigationActionsTask: {
    method: 'PUT',
    uri: '/audit/mitigationactions/tasks/{taskId}/cancel',
  },
  CancelAuditTask: {
    method: 'PUT',
    uri: '/audit/tasks/{taskId}/cancel',
    input: 'CancelAuditTaskRequest',
  },
  CancelCertificateTransfer: {
    method: 'PATCH',
    uri: '/cancel-certificate-transfer/{certificateId}',
  },
  CancelDetectMitigationActionsTask: {
    method: 'PUT',
    uri: '/detect/mitigationactions/tasks/{taskId}/cancel',
  },
  CancelJob: {
    method: 'PUT',
    uri: '/jobs/{jobId}/cancel',
    input: 'CancelJobRequest',
  },
  CancelJobExecution: {
    method: 'PUT',
    uri: '/things/{thingName}/jobs/{jobId}/cancel',
    input: 'CancelJobExecutionRequest',
  },
  ClearDefaultAuthorizer: {
    method: 'DELETE',
    uri: '/default-authorizer',
    input: 'ClearDefaultAuthorizerRequest',
  },
  ConfirmTopicRuleDestination: {
    method: 'GET',
    uri: '/confirmdestination/{confirmationToken+}',
  },
  CreateAuditSuppression: {
    method: 'POST',
    uri: '/audit/suppressions/create',
    input: 'CreateAuditSuppressionRequest',
  },
  CreateAuthorizer: {
    method: 'POST',
    uri: '/authorizer/{authorizerName}',
    input: 'CreateAuthorizerRequest',
  },
  CreateBillingGroup: {
    method: 'POST',
    uri: '/billing-groups/{billingGroupName}',
  },
  CreateCertificateFromCsr: {
    method: 'POST',
    uri: '/certificates',
    input: 'CreateCertificateFromCsrRequest',
  },
  CreateCertificateProvider: {
    method: 'POST',
    uri: '/certificate-providers/{certificateProviderName}',
    input: 'CreateCertificateProviderRequest',
  },
  CreateCommand: {
    method: 'PUT',
    uri: '/commands/{commandId}',
  },
  CreateCustomMetric: {
    method: 'POST',
    uri: '/custom-metric/{metricName}',
  },
  CreateDimension: {
    method: 'POST',
    uri: '/dimensions/{name}',
  },
  CreateDomainConfiguration: {
    method: 'POST',
    uri: '/domainConfigurations/{domainConfigurationName}',
    input: 'CreateDomainConfigurationRequest',
  },
  CreateDynamicThingGroup: {
    method: 'POST',
    uri: '/dynamic-thing-groups/{thingGroupName}',
  },
  CreateFleetMetric: {
    method: 'PUT',
    uri: '/fleet-metric/{metricName}',
  },
  CreateJob: {
    method: 'PUT',
    uri: '/jobs/{jobId}',
    input: 'CreateJobRequest',
  },
  CreateJobTemplate: {
    method: 'PUT',
    uri: '/job-templates/{jobTemplateId}',
  },
  CreateKeysAndCertificate: {
    method: 'POST',
    uri: '/keys-and-certificate',
    input: 'CreateKeysAndCertificateRequest',
  },
  CreateMitigationAction: {
    method: 'POST',
    uri: '/mitigationactions/actions/{actionName}',
    input: 'CreateMitigationActionRequest',
  },
  CreateOTAUpdate: {
    method: 'POST',
    uri: '/otaUpdates/{otaUpdateId}',
  },
  CreatePackage: {
    method: 'PUT',
    uri: '/packages/{packageName}',
  },
  CreatePackageVersion: {
    method: 'PUT',
    uri: '/packages/{packageName}/versions/{versionName}',
  },
  CreatePolicy: {
    method: 'POST',
    uri: '/policies/{policyName}',
    input: 'CreatePolicyRequest',
  },
  CreatePolicyVersion: {
    method: 'POST',
    uri: '/policies/{policyName}/version',
    input: 'CreatePolicyVersionRequest',
  },
  CreateProvisioningClaim: {
    method: 'POST',
    uri: '/provisioning-templates/{templateName}/provisioning-claim',
    input: 'CreateProvisioningClaimRequest',
  },
  CreateProvisioningTemplate: {
    method: 'POST',
    uri: '/provisioning-templates',
    input: 'CreateProvisioningTemplateRequest',
  },
  CreateProvisioningTemplateVersion: {
    method: 'POST',
    uri: '/provisioning-templates/{templateName}/versions',
    input: 'CreateProvisioningTemplateVersionRequest',
  },
  CreateRoleAlias: {
    method: 'POST',
    uri: '/role-aliases/{roleAlias}',
  },
  CreateScheduledAudit: {
    method: 'POST',
    uri: '/audit/scheduledaudits/{scheduledAuditName}',
    input: 'CreateScheduledAuditRequest',
  },
  CreateSecurityProfile: {
    method: 'POST',
    uri: '/security-profiles/{securityProfileName}',
    input: 'CreateSecurityProfileRequest',
  },
  CreateStream: {
    method: 'POST',
    uri: '/streams/{streamId}',
  },
  CreateThing: {
    method: 'POST',
    uri: '/things/{thingName}',
    input: 'CreateThingRequest',
  },
  CreateThingGroup: {
    method: 'POST',
    uri: '/thing-groups/{thingGroupName}',
    input: 'CreateThingGroupRequest',
  },
  CreateThingType: {
    method: 'POST',
    uri: '/thing-types/{thingTypeName}',
    input: 'CreateThingTypeRequest',
  },
  CreateTopicRule: {
    method: 'POST',
    uri: '/rules/{ruleName}',
    input: 'CreateTopicRuleRequest',
  },
  CreateTopicRuleDestination: {
    method: 'POST',
    uri: '/destinations',
  },
  DeleteAccountAuditConfiguration: {
    method: 'DELETE',
    uri: '/audit/configuration',
    input: 'DeleteAccountAuditConfigurationRequest',
  },
  DeleteAuditSuppression: {
    method: 'POST',
    uri: '/audit/suppressions/delete',
    input: 'DeleteAuditSuppressionRequest',
  },
  DeleteAuthorizer: {
    method: 'DELETE',
    uri: '/authorizer/{authorizerName}',
    input: 'DeleteAuthorizerRequest',
  },
  DeleteBillingGroup: {
    method: 'DELETE',
    uri: '/billing-groups/{billingGroupName}',
  },
  DeleteCACertificate: {
    method: 'DELETE',
    uri: '/cacertificate/{certificateId}',
    input: 'DeleteCACertificateRequest',
  },
  DeleteCertificate: {
    method: 'DELETE',
    uri: '/certificates/{certificateId}',
    input: 'DeleteCertificateRequest',
  },
  DeleteCertificateProvider: {
    method: 'DELETE',
    uri: '/certificate-providers/{certificateProviderName}',
    input: 'DeleteCertificateProviderRequest',
  },
  DeleteCommand: {
    method: 'DELETE',
    uri: '/commands/{commandId}',
  },
  DeleteCommandExecution: {
    method: 'DELETE',
    uri: '/command-executions/{executionId}',
  },
  DeleteCustomMetric: {
    method: 'DELETE',
    uri: '/custom-metric/{metricName}',
  },
  DeleteDimension: {
    method: 'DELETE',
    uri: '/dimensions/{name}',
  },
  DeleteDomainConfiguration: {
    method: 'DELETE',
    uri: '/domainConfigurations/{domainConfigurationName}',
    input: 'DeleteDomainConfigurationRequest',
  },
  DeleteDynamicThingGroup: {
    method: 'DELETE',
    uri: '/dynamic-thing-groups/{thingGroupName}',
  },
  DeleteFleetMetric: {
    method: 'DELETE',
    uri: '/fleet-metric/{metricName}',
  },
  DeleteJob: {
    method: 'DELETE',
    uri: '/jobs/{jobId}',
    input: 'DeleteJobRequest',
  },
  DeleteJobExecution: {
    method: 'DELETE',
    uri: '/things/{thingName}/jobs/{jobId}/executionNumber/{executionNumber}',
    input: 'DeleteJobExecutionRequest',
  },
  DeleteJobTemplate: {
    method: 'DELETE',
    uri: '/job-templates/{jobTemplateId}',
  },
  DeleteMitigationAction: {
    method: 'DELETE',
    uri: '/mitigationactions/actions/{actionName}',
    input: 'DeleteMitigationActionRequest',
  },
  DeleteOTAUpdate: {
    method: 'DELETE',
    uri: '/otaUpdates/{otaUpdateId}',
  },
  DeletePackage: {
    method: 'DELETE',
    uri: '/packages/{packageName}',
  },
  DeletePackageVersion: {
    method: 'DELETE',
    uri: '/packages/{packageName}/versions/{versionName}',
  },
  DeletePolicy: {
    method: 'DELETE',
    uri: '/policies/{policyName}',
    input: 'DeletePolicyRequest',
  },
  DeletePolicyVersion: {
    method: 'DELETE',
    uri: '/policies/{policyName}/version/{policyVersionId}',
    input: 'DeletePolicyVersionRequest',
  },
  DeleteProvisioningTemplate: {
    method: 'DELETE',
    uri: '/provisioning-templates/{templateName}',
    input: 'DeleteProvisioningTemplateRequest',
  },
  DeleteProvisioningTemplateVersion: {
    method: 'DELETE',
    uri: '/provisioning-templates/{templateName}/versions/{versionId}',
    input: 'DeleteProvisioningTemplateVersionRequest',
  },
  DeleteRegistrationCode: {
    method: 'DELETE',
    uri: '/registrationcode',
    input: 'DeleteRegistrationCodeRequest',
  },
  DeleteRoleAlias: {
    method: 'DELETE',
    uri: '/role-aliases/{roleAlias}',
  },
  DeleteScheduledAudit: {
    method: 'DELETE',
    uri: '/audit/scheduledaudits/{scheduledAuditName}',
    input: 'DeleteScheduledAuditRequest',
  },
  DeleteSecurityProfile: {
    method: 'DELETE',
    uri: '/security-profiles/{securityProfileName}',
    input: 'DeleteSecurityProfileRequest',
  },
  DeleteStream: {
    method: 'DELETE',
    uri: '/streams/{streamId}',
  },
  DeleteThing: {
    method: 'DELETE',
    uri: '/things/{thingName}',
    input: 'DeleteThingRequest',
  },
  DeleteThingGroup: {
    method: 'DELETE',
    uri: '/thing-groups/{thingGroupName}',
    input: 'DeleteThingGroupRequest',
  },
  DeleteThingType: {
    method: 'DELETE',
    uri: '/thing-types/{thingTypeName}',
    input: 'DeleteThingTypeRequest',
  },
  DeleteTopicRule: {
    method: 'DELETE',
    uri: '/rules/{ruleName}',
    input: 'DeleteTopicRuleRequest',
  },
  DeleteTopicRuleDestination: {
    method: 'DELETE',
    uri: '/destinations/{arn+}',
  },
  DeleteV2LoggingLevel: {
    method: 'DELETE',
    uri: '/v2LoggingLevel',
    input: 'DeleteV2LoggingLevelRequest',
  },
  DeprecateThingType: {
    method: 'POST',
    uri: '/thing-types/{thingTypeName}/deprecate',
    input: 'DeprecateThingTypeRequest',
  },
  DescribeAccountAuditConfiguration: {
    method: 'GET',
    uri: '/audit/configuration',
    input: 'DescribeAccountAuditConfigurationRequest',
  },
  DescribeAuditFinding: {
    method: 'GET',
    uri: '/audit/findings/{findingId}',
    input: 'DescribeAuditFindingRequest',
  },
  DescribeAuditMitigationActionsTask: {
    method: 'GET',
    uri: '/audit/mitigationactions/tasks/{taskId}',
    input: 'DescribeAuditMitigationActionsTaskRequest',
  },
  DescribeAuditSuppression: {
    method: 'POST',
    uri: '/audit/suppressions/describe',
    input: 'DescribeAuditSuppressionRequest',
  },
  DescribeAuditTask: {
    method: 'GET',
    uri: '/audit/tasks/{taskId}',
    input: 'DescribeAuditTaskRequest',
  },
  DescribeAuthorizer: {
    method: 'GET',
    uri: '/authorizer/{authorizerName}',
    input: 'DescribeAuthorizerRequest',
  },
  DescribeBillingGroup: {
    method: 'GET',
    uri: '/billing-groups/{billingGroupName}',
  },
  DescribeCACertificate: {
    method: 'GET',
    uri: '/cacertificate/{certificateId}',
    input: 'DescribeCACertificateRequest',
  },
  DescribeCertificate: {
    method: 'GET',
    uri: '/certificates/{certificateId}',
    input: 'DescribeCertificateRequest',
  },
  DescribeCertificateProvider: {
    method: 'GET',
    uri: '/certificate-providers/{certificateProviderName}',
    input: 'DescribeCertificateProviderRequest',
  },
  DescribeCustomMetric: {
    method: 'GET',
    uri: '/custom-metric/{metricName}',
  },
  DescribeDefaultAuthorizer: {
    method: 'GET',
    uri: '/default-authorizer',
    input: 'DescribeDefaultAuthorizerRequest',
  },
  DescribeDetectMitigationActionsTask: {
    method: 'GET',
    uri: '/detect/mitigationactions/tasks/{taskId}',
  },
  DescribeDimension: {
    method: 'GET',
    uri: '/dimensions/{name}',
  },
  DescribeDomainConfiguration: {
    method: 'GET',
    uri: '/domainConfigurations/{domainConfigurationName}',
    input: 'DescribeDomainConfigurationRequest',
  },
  DescribeEncryptionConfiguration: {
    method: 'GET',
    uri: '/encryption-configuration',
    input: 'DescribeEncryptionConfigurationRequest',
  },
  DescribeEndpoint: {
    method: 'GET',
    uri: '/endpoint',
    input: 'DescribeEndpointRequest',
  },
  DescribeEventConfigurations: {
    method: 'GET',
    uri: '/event-configurations',
    input: 'DescribeEventConfigurationsRequest',
  },
  DescribeFleetMetric: {
    method: 'GET',
    uri: '/fleet-metric/{metricName}',
  },
  DescribeIndex: {
    method: 'GET',
    uri: '/indices/{indexName}',
  },
  DescribeJob: {
    method: 'GET',
    uri: '/jobs/{jobId}',
    input: 'DescribeJobRequest',
  },
  DescribeJobExecution: {
    method: 'GET',
    uri: '/things/{thingName}/jobs/{jobId}',
    input: 'DescribeJobExecutionRequest',
  },
  DescribeJobTemplate: {
    method: 'GET',
    uri: '/job-templates/{jobTemplateId}',
  },
  DescribeManagedJobTemplate: {
    method: 'GET',
    uri: '/managed-job-templates/{templateName}',
  },
  DescribeMitigationAction: {
    method: 'GET',
    uri: '/mitigationactions/actions/{actionName}',
    input: 'DescribeMitigationActionRequest',
  },
  DescribeProvisioningTemplate: {
    method: 'GET',
    uri: '/provisioning-templates/{templateName}',
    input: 'DescribeProvisioningTemplateRequest',
  },
  DescribeProvisioningTemplateVersion: {
    method: 'GET',
    uri: '/provisioning-templates/{templateName}/versions/{versionId}',
    input: 'DescribeProvisioningTemplateVersionRequest',
  },
  DescribeRoleAlias: {
    method: 'GET',
    uri: '/role-aliases/{roleAlias}',
  },
  DescribeScheduledAudit: {
    method: 'GET',
    uri: '/audit/scheduledaudits/{scheduledAuditName}',
    input: 'DescribeScheduledAuditRequest',
  },
  DescribeSecurityProfile: {
    method: 'GET',
    uri: '/security-profiles/{securityProfileName}',
    input: 'DescribeSecurityProfileRequest',
  },
  DescribeStream: {
    method: 'GET',
    uri: '/streams/{streamId}',
  },
  DescribeThing: {
    method: 'GET',
    uri: '/things/{thingName}',
    input: 'DescribeThingRequest',
  },
  DescribeThingGroup: {
    method: 'GET',
    uri: '/thing-groups/{thingGroupName}',
    input: 'DescribeThingGroupRequest',
  },
  DescribeThingRegistrationTask: {
    method: 'GET',
    uri: '/thing-registration-tasks/{taskId}',
  },
  DescribeThingType: {
    method: 'GET',
    uri: '/thing-types/{thingTypeName}',
    input: 'DescribeThingTypeRequest',
  },
  DetachPolicy: {
    method: 'POST',
    uri: '/target-policies/{policyName}',
    input: 'DetachPolicyRequest',
  },
  DetachPrincipalPolicy: {
    method: 'DELETE',
    uri: '/principal-policies/{policyName}',
    input: 'DetachPrincipalPolicyRequest',
  },
  DetachSecurityProfile: {
    method: 'DELETE',
    uri: '/security-profiles/{securityProfileName}/targets',
    input: 'DetachSecurityProfileRequest',
  },
  DetachThingPrincipal: {
    method: 'DELETE',
    uri: '/things/{thingName}/principals',
    input: 'DetachThingPrincipalRequest',
  },
  DisableTopicRule: {
    method: 'POST',
    uri: '/rules/{ruleName}/disable',
    input: 'DisableTopicRuleRequest',
  },
  DisassociateSbomFromPackageVersion: {
    method: 'DELETE',
    uri: '/packages/{packageName}/versions/{versionName}/sbom',
  },
  EnableTopicRule: {
    method: 'POST',
    uri: '/rules/{ruleName}/enable',
    input: 'EnableTopicRuleRequest',
  },
  GetBehaviorModelTrainingSummaries: {
    method: 'GET',
    uri: '/behavior-model-training/summaries',
  },
  GetBucketsAggregation: {
    method: 'POST',
    uri: '/indices/buckets',
  },
  GetCardinality: {
    method: 'POST',
    uri: '/indices/cardinality',
  },
  GetCommand: {
    method: 'GET',
    uri: '/commands/{commandId}',
  },
  GetCommandExecution: {
    method: 'GET',
    uri: '/command-executions/{executionId}',
  },
  GetEffectivePolicies: {
    method: 'POST',
    uri: '/effective-policies',
    input: 'GetEffectivePoliciesRequest',
  },
  GetIndexingConfiguration: {
    method: 'GET',
    uri: '/indexing/config',
  },
  GetJobDocument: {
    method: 'GET',
    uri: '/jobs/{jobId}/job-document',
    input: 'GetJobDocumentRequest',
  },
  GetLoggingOptions: {
    method: 'GET',
    uri: '/loggingOptions',
    input: 'GetLoggingOptionsRequest',
  },
  GetOTAUpdate: {
    method: 'GET',
    uri: '/otaUpdates/{otaUpdateId}',
  },
  GetPackage: {
    method: 'GET',
    uri: '/packages/{packageName}',
  },
  GetPackageConfiguration: {
    method: 'GET',
    uri: '/package-configuration',
  },
  GetPackageVersion: {
    method: 'GET',
    uri: '/packages/{packageName}/versions/{versionName}',
  },
  GetPercentiles: {
    method: 'POST',
    uri: '/indices/percentiles',
  },
  GetPolicy: {
    method: 'GET',
    uri: '/policies/{policyName}',
    input: 'GetPolicyRequest',
  },
  GetPolicyVersion: {
    method: 'GET',
    uri: '/policies/{policyName}/version/{policyVersionId}',
    input: 'GetPolicyVersionRequest',
  },
  GetRegistrationCode: {
    method: 'GET',
    uri: '/registrationcode',
    input: 'GetRegistrationCodeRequest',
  },
  GetStatistics: {
    method: 'POST',
    uri: '/indices/statistics',
  },
  GetThingConnectivityData: {
    method: 'POST',
    uri: '/things/{thingName}/connectivity-data',
  },
  GetTopicRule: {
    method: 'GET',
    uri: '/rules/{ruleName}',
    input: 'GetTopicRuleRequest',
  },
  GetTopicRuleDestination: {
    method: 'GET',
    uri: '/destinations/{arn+}',
  },
  GetV2LoggingOptions: {
    method: 'GET',
    uri: '/v2LoggingOptions',
    input: 'GetV2LoggingOptionsRequest',
  },
  ListActiveViolations: {
    method: 'GET',
    uri: '/active-violations',
    input: 'ListActiveViolationsRequest',
  },
  ListAttachedPolicies: {
    method: 'POST',
    uri: '/attached-policies/{target}',
    input: 'ListAttachedPoliciesRequest',
  },
  ListAuditFindings: {
    method: 'POST',
    uri: '/audit/findings',
    input: 'ListAuditFindingsRequest',
  },
  ListAuditMitigationActionsExecutions: {
    method: 'GET',
    uri: '/audit/mitigationactions/executions',
    input: 'ListAuditMitigationActionsExecutionsRequest',
  },
  ListAuditMitigationActionsTasks: {
    method: 'GET',
    uri: '/audit/mitigationactions/tasks',
  },
  ListAuditSuppressions: {
    method: 'POST',
    uri: '/audit/suppressions/list',
    input: 'ListAuditSuppressionsRequest',
  },
  ListAuditTasks: {
    method: 'GET',
    uri: '/audit/tasks',
    input: 'ListAuditTasksRequest',
  },
  ListAuthorizers: {
    method: 'GET',
    uri: '/authorizers',
    input: 'ListAuthorizersRequest',
  },
  ListBillingGroups: {
    method: 'GET',
    uri: '/billing-groups',
  },
  ListCACertificates: {
    method: 'GET',
    uri: '/cacertificates',
    input: 'ListCACertificatesRequest',
  },
  ListCertificateProviders: {
    method: 'GET',
    uri: '/certificate-providers',
    input: 'ListCertificateProvidersRequest',
  },
  ListCertificates: {
    method: 'GET',
    uri: '/certificates',
    input: 'ListCertificatesRequest',
  },
  ListCertificatesByCA: {
    method: 'GET',
    uri: '/certificates-by-ca/{caCertificateId}',
    input: 'ListCertificatesByCARequest',
  },
  ListCommandExecutions: {
    method: 'POST',
    uri: '/command-executions',
  },
  ListCommands: {
    method: 'GET',
    uri: '/commands',
  },
  ListCustomMetrics: {
    method: 'GET',
    uri: '/custom-metrics',
  },
  ListDetectMitigationActionsExecutions: {
    method: 'GET',
    uri: '/detect/mitigationactions/executions',
  },
  ListDetectMitigationActionsTasks: {
    method: 'GET',
    uri: '/detect/mitigationactions/tasks',
  },
  ListDimensions: {
    method: 'GET',
    uri: '/dimensions',
  },
  ListDomainConfigurations: {
    method: 'GET',
    uri: '/domainConfigurations',
    input: 'ListDomainConfigurationsRequest',
  },
  ListFleetMetrics: {
    method: 'GET',
    uri: '/fleet-metrics',
  },
  ListIndices: {
    method: 'GET',
    uri: '/indices',
  },
  ListJobExecutionsForJob: {
    method: 'GET',
    uri: '/jobs/{jobId}/things',
    input: 'ListJobExecutionsForJobRequest',
  },
  ListJobExecutionsForThing: {
    method: 'GET',
    uri: '/things/{thingName}/jobs',
    input: 'ListJobExecutionsForThingRequest',
  },
  ListJobs: {
    method: 'GET',
    uri: '/jobs',
    input: 'ListJobsRequest',
  },
  ListJobTemplates: {
    method: 'GET',
    uri: '/job-templates',
  },
  ListManagedJobTemplates: {
    method: 'GET',
    uri: '/managed-job-templates',
  },
  ListMetricValues: {
    method: 'GET',
    uri: '/metric-values',
  },
  ListMitigationActions: {
    method: 'GET',
    uri: '/mitigationactions/actions',
    input: 'ListMitigationActionsRequest',
  },
  ListOTAUpdates: {
    method: 'GET',
    uri: '/otaUpdates',
  },
  ListOutgoingCertificates: {
    method: 'GET',
    uri: '/certificates-out-going',
  },
  ListPackages: {
    method: 'GET',
    uri: '/packages',
  },
  ListPackageVersions: {
    method: 'GET',
    uri: '/packages/{packageName}/versions',
  },
  ListPolicies: {
    method: 'GET',
    uri: '/policies',
    input: 'ListPoliciesRequest',
  },
  ListPolicyPrincipals: {
    method: 'GET',
    uri: '/policy-principals',
    input: 'ListPolicyPrincipalsRequest',
  },
  ListPolicyVersions: {
    method: 'GET',
    uri: '/policies/{policyName}/version',
    input: 'ListPolicyVersionsRequest',
  },
  ListPrincipalPolicies: {
    method: 'GET',
    uri: '/principal-policies',
    input: 'ListPrincipalPoliciesRequest',
  },
  ListPrincipalThings: {
    method: 'GET',
    uri: '/principals/things',
    input: 'ListPrincipalThingsRequest',
  },
  ListPrincipalThingsV2: {
    method: 'GET',
    uri: '/principals/things-v2',
    input: 'ListPrincipalThingsV2Request',
  },
  ListProvisioningTemplates: {
    method: 'GET',
    uri: '/provisioning-templates',
    input: 'ListProvisioningTemplatesRequest',
  },
  ListProvisioningTemplateVersions: {
    method: 'GET',
    uri: '/provisioning-templates/{templateName}/versions',
    input: 'ListProvisioningTemplateVersionsRequest',
  },
  ListRelatedResourcesForAuditFinding: {
    method: 'GET',
    uri: '/audit/relatedResources',
  },
  ListRoleAliases: {
    method: 'GET',
    uri: '/role-aliases',
  },
  ListSbomValidationResults: {
    method: 'GET',
    uri: '/packages/{packageName}/versions/{versionName}/sbom-validation-results',
  },
  ListScheduledAudits: {
    method: 'GET',
    uri: '/audit/scheduledaudits',
    input: 'ListScheduledAuditsRequest',
  },
  ListSecurityProfiles: {
    method: 'GET',
    uri: '/security-profiles',
    input: 'ListSecurityProfilesRequest',
  },
  ListSecurityProfilesForTarget: {
    method: 'GET',
    uri: '/security-profiles-for-target',
  },
  ListStreams: {
    method: 'GET',
    uri: '/streams',
  },
  ListTagsForResource: {
    method: 'GET',
    uri: '/tags',
    input: 'ListTagsForResourceRequest',
  },
  ListTargetsForPolicy: {
    method: 'POST',
    uri: '/policy-targets/{policyName}',
    input: 'ListTargetsForPolicyRequest',
  },
  ListTargetsForSecurityProfile: {
    method: 'GET',
    uri: '/security-profiles/{securityProfileName}/targets',
    input: 'ListTargetsForSecurityProfileRequest',
  },
  ListThingGroups: {
    method: 'GET',
    uri: '/thing-groups',
    input: 'ListThingGroupsRequest',
  },
  ListThingGroupsForThing: {
    method: 'GET',
    uri: '/things/{thingName}/thing-groups',
    input: 'ListThingGroupsForThingRequest',
  },
  ListThingPrincipals: {
    method: 'GET',
    uri: '/things/{thingName}/principals',
    input: 'ListThingPrincipalsRequest',
  },
  ListThingPrincipalsV2: {
    method: 'GET',
    uri: '/things/{thingName}/principals-v2',
    input: 'ListThingPrincipalsV2Request',
  },
  ListThingRegistrationTaskReports: {
    method: 'GET',
    uri: '/thing-registration-tasks/{taskId}/reports',
  },
  ListThingRegistrationTasks: {
    method: 'GET',
    uri: '/thing-registration-tasks',
  },
  ListThings: {
    method: 'GET',
    uri: '/things',
    input: 'ListThingsRequest',
  },
  ListThingsInBillingGroup: {
    method: 'GET',
    uri: '/billing-groups/{billingGroupName}/things',
  },
  ListThingsInThingGroup: {
    method: 'GET',
    uri: '/thing-groups/{thingGroupName}/things',
    input: 'ListThingsInThingGroupRequest',
  },
  ListThingTypes: {
    method: 'GET',
    uri: '/thing-types',
    input: 'ListThingTypesRequest',
  },
  ListTopicRuleDestinations: {
    method: 'GET',
    uri: '/destinations',
  },
  ListTopicRules: {
    method: 'GET',
    uri: '/rules',
    input: 'ListTopicRulesRequest',
  },
  ListV2LoggingLevels: {
    method: 'GET',
    uri: '/v2LoggingLevel',
    input: 'ListV2LoggingLevelsRequest',
  },
  ListViolationEvents: {
    method: 'GET',
    uri: '/violation-events',
  },
  PutVerificationStateOnViolation: {
    method: 'POST',
    uri: '/violations/verification-state/{violationId}',
  },
  RegisterCACertificate: {
    method: 'POST',
    uri: '/cacertificate',
    input: 'RegisterCACertificateRequest',
  },
  RegisterCertificate: {
    method: 'POST',
    uri: '/certificate/register',
    input: 'RegisterCertificateRequest',
  },
  RegisterCertificateWithoutCA: {
    method: 'POST',
    uri: '/certificate/register-no-ca',
    input: 'RegisterCertificateWithoutCARequest',
  },
  RegisterThing: {
    method: 'POST',
    uri: '/things',
  },
  RejectCertificateTransfer: {
    method: 'PATCH',
    uri: '/reject-certificate-transfer/{certificateId}',
  },
  RemoveThingFromBillingGroup: {
    method: 'PUT',
    uri: '/billing-groups/removeThingFromBillingGroup',
  },
  RemoveThingFromThingGroup: {
    method: 'PUT',
    uri: '/thing-groups/removeThingFromThingGroup',
    input: 'RemoveThingFromThingGroupRequest',
  },
  ReplaceTopicRule: {
    method: 'PATCH',
    uri: '/rules/{ruleName}',
    input: 'ReplaceTopicRuleRequest',
  },
  SearchIndex: {
    method: 'POST',
    uri: '/indices/search',
  },
  SetDefaultAuthorizer: {
    method: 'POST',
    uri: '/default-authorizer',
    input: 'SetDefaultAuthorizerRequest',
  },
  SetDefaultPolicyVersion: {
    method: 'PATCH',
    uri: '/policies/{policyName}/version/{policyVersionId}',
    input: 'SetDefaultPolicyVersionRequest',
  },
  SetLoggingOptions: {
    method: 'POST',
    uri: '/loggingOptions',
    input: 'SetLoggingOptionsRequest',
  },
  SetV2LoggingLevel: {
    method: 'POST',
    uri: '/v2LoggingLevel',
    input: 'SetV2LoggingLevelRequest',
  },
  SetV2LoggingOptions: {
    method: 'POST',
    uri: '/v2LoggingOptions',
    input: 'SetV2LoggingOptionsRequest',
  },
  StartAuditMitigationActionsTask: {
    method: 'POST',
    uri: '/audit/mitigationactions/tasks/{taskId}',
    input: 'StartAuditMitigationActionsTaskRequest',
  },
  StartDetectMitigationActionsTask: {
    method: 'PUT',
    uri: '/detect/mitigationactions/tasks/{taskId}',
  },
  StartOnDemandAuditTask: {
    method: 'POST',
    uri: '/audit/tasks',
    input: 'StartOnDemandAuditTaskRequest',
  },
  StartThingRegistrationTask: {
    method: 'POST',
    uri: '/thing-registration-tasks',
  },
  StopThingRegistrationTask: {
    method: 'PUT',
    uri: '/thing-registration-tasks/{taskId}/cancel',
  },
  TagResource: {
    method: 'POST',
    uri: '/tags',
    input: 'TagResourceRequest',
  },
  TestAuthorization: {
    method: 'POST',
    uri: '/test-authorization',
    input: 'TestAuthorizationRequest',
  },
  TestInvokeAuthorizer: {
    method: 'POST',
    uri: '/authorizer/{authorizerName}/test',
    input: 'TestInvokeAuthorizerRequest',
  },
  TransferCertificate: {
    method: 'PATCH',
    uri: '/transfer-certificate/{certificateId}',
  },
  UntagResource: {
    method: 'POST',
    uri: '/untag',
    input: 'UntagResourceRequest',
  },
  UpdateAccountAuditConfiguration: {
    method: 'PATCH',
    uri: '/audit/configuration',
    input: 'UpdateAccountAuditConfigurationRequest',
  },
  UpdateAuditSuppression: {
    method: 'PATCH',
    uri: '/audit/suppressions/update',
    input: 'UpdateAuditSuppressionRequest',
  },
  UpdateAuthorizer: {
    method: 'PUT',
    uri: '/authorizer/{authorizerName}',
    input: 'UpdateAuthorizerRequest',
  },
  UpdateBillingGroup: {
    method: 'PATCH',
    uri: '/billing-groups/{billingGroupName}',
  },
  UpdateCACertificate: {
    method: 'PUT',
    uri: '/cacertificate/{certificateId}',
    input: 'UpdateCACertificateRequest',
  },
  UpdateCertificate: {
    method: 'PUT',
    uri: '/certificates/{certificateId}',
    input: 'UpdateCertificateRequest',
  },
  UpdateCertificateProvider: {
    method: 'PUT',
    uri: '/certificate-providers/{certificateProviderName}',
    input: 'UpdateCertificateProviderRequest',
  },
  UpdateCommand: {
    method: 'PATCH',
    uri: '/commands/{commandId}',
  },
  UpdateCustomMetric: {
    method: 'PATCH',
    uri: '/custom-metric/{metricName}',
  },
  UpdateDimension: {
    method: 'PATCH',
    uri: '/dimensions/{name}',
  },
  UpdateDomainConfiguration: {
    method: 'PUT',
    uri: '/domainConfigurations/{domainConfigurationName}',
    input: 'UpdateDomainConfigurationRequest',
  },
  UpdateDynamicThingGroup: {
    method: 'PATCH',
    uri: '/dynamic-thing-groups/{thingGroupName}',
  },
  UpdateEncryptionConfiguration: {
    method: 'PATCH',
    uri: '/encryption-configuration',
  },
  UpdateEventConfigurations: {
    method: 'PATCH',
    uri: '/event-configurations',
    input: 'UpdateEventConfigurationsRequest',
  },
  UpdateFleetMetric: {
    method: 'PATCH',
    uri: '/fleet-metric/{metricName}',
  },
  UpdateIndexingConfiguration: {
    method: 'POST',
    uri: '/indexing/config',
  },
  UpdateJob: {
    method: 'PATCH',
    uri: '/jobs/{jobId}',
  },
  UpdateMitigationAction: {
    method: 'PATCH',
    uri: '/mitigationactions/actions/{actionName}',
    input: 'UpdateMitigationActionRequest',
  },
  UpdatePackage: {
    method: 'PATCH',
    uri: '/packages/{packageName}',
  },
  UpdatePackageConfiguration: {
    method: 'PATCH',
    uri: '/package-configuration',
  },
  UpdatePackageVersion: {
    method: 'PATCH',
    uri: '/packages/{packageName}/versions/{versionName}',
  },
  UpdateProvisioningTemplate: {
    method: 'PATCH',
    uri: '/provisioning-templates/{templateName}',
    input: 'UpdateProvisioningTemplateRequest',
  },
  UpdateRoleAlias: {
    method: 'PUT',
    uri: '/role-aliases/{roleAlias}',
  },
  UpdateScheduledAudit: {
    method: 'PATCH',
    uri: '/audit/scheduledaudits/{scheduledAuditName}',
    input: 'UpdateScheduledAuditRequest',
  },
  UpdateSecurityProfile: {
    method: 'PATCH',
    uri: '/security-profiles/{securityProfileName}',
    input: 'UpdateSecurityProfileRequest',
  },
  UpdateStream: {
    method: 'PUT',
    uri: '/streams/{streamId}',
  },
  UpdateThing: {
    method: 'PATCH',
    uri: '/things/{thingName}',
    input: 'UpdateThingRequest',
  },
  UpdateThingGroup: {
    method: 'PATCH',
    uri: '/thing-groups/{thingGroupName}',
    input: 'UpdateThingGroupRequest',
  },
  UpdateThingGroupsForThing: {
    method: 'PUT',
    uri: '/thing-groups/updateThingGroupsForThing',
    input: 'UpdateThingGroupsForThingRequest',
  },
  UpdateThingType: {
    method: 'PATCH',
    uri: '/thing-types/{thingTypeName}',
    input: 'UpdateThingTypeRequest',
  },
  UpdateTopicRuleDestination: {
    method: 'PATCH',
    uri: '/destinations',
  },
  ValidateSecurityProfileBehaviors: {
    method: 'POST',
    uri: '/security-profile-behaviors/validate',
  },
};

/** The input structures of the operations that the local AWS has, and what they contain, by name. */
export const inputStructures: Readonly<Record<string, StructureBinding>> = {
  AbortConfig: {
    criteriaList: {
      type: '[AbortCriteria]',
      isRequired: true,
    },
  },
  AbortCriteria: {
    failureType: {
      type: 'string',
      isRequired: true,
    },
    action: {
      type: 'string',
      isRequired: true,
    },
    thresholdPercentage: {
      type: 'number',
      isRequired: true,
    },
    minNumberOfExecutedThings: {
      type: 'number',
      isRequired: true,
    },
  },
  Action: {
    dynamoDB: {
      type: 'DynamoDBAction',
    },
    dynamoDBv2: {
      type: 'DynamoDBv2Action',
    },
    lambda: {
      type: 'LambdaAction',
    },
    sns: {
      type: 'SnsAction',
    },
    sqs: {
      type: 'SqsAction',
    },
    kinesis: {
      type: 'KinesisAction',
    },
    republish: {
      type: 'RepublishAction',
    },
    s3: {
      type: 'S3Action',
    },
    firehose: {
      type: 'FirehoseAction',
    },
    cloudwatchMetric: {
      type: 'CloudwatchMetricAction',
    },
    cloudwatchAlarm: {
      type: 'CloudwatchAlarmAction',
    },
    cloudwatchLogs: {
      type: 'CloudwatchLogsAction',
    },
    elasticsearch: {
      type: 'ElasticsearchAction',
    },
    salesforce: {
      type: 'SalesforceAction',
    },
    iotAnalytics: {
      type: 'IotAnalyticsAction',
    },
    iotEvents: {
      type: 'IotEventsAction',
    },
    iotSiteWise: {
      type: 'IotSiteWiseAction',
    },
    stepFunctions: {
      type: 'StepFunctionsAction',
    },
    timestream: {
      type: 'TimestreamAction',
    },
    http: {
      type: 'HttpAction',
    },
    kafka: {
      type: 'KafkaAction',
    },
    openSearch: {
      type: 'OpenSearchAction',
    },
    location: {
      type: 'LocationAction',
    },
    influxDB: {
      type: 'InfluxDBAction',
    },
  },
  AddThingsToThingGroupParams: {
    thingGroupNames: {
      type: '[string]',
      isRequired: true,
    },
    overrideDynamicGroups: {
      type: 'boolean',
    },
  },
  AddThingToThingGroupRequest: {
    thingGroupName: {
      type: 'string',
    },
    thingGroupArn: {
      type: 'string',
    },
    thingName: {
      type: 'string',
    },
    thingArn: {
      type: 'string',
    },
    overrideDynamicGroups: {
      type: 'boolean',
    },
  },
  AlertTarget: {
    alertTargetArn: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
  },
  AssetPropertyTimestamp: {
    timeInSeconds: {
      type: 'string',
      isRequired: true,
    },
    offsetInNanos: {
      type: 'string',
    },
  },
  AssetPropertyValue: {
    value: {
      type: 'AssetPropertyVariant',
      isRequired: true,
    },
    timestamp: {
      type: 'AssetPropertyTimestamp',
      isRequired: true,
    },
    quality: {
      type: 'string',
    },
  },
  AttachPolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    target: {
      type: 'string',
      isRequired: true,
    },
  },
  AttachPrincipalPolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    principal: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-iot-principal',
      },
    },
  },
  AttachSecurityProfileRequest: {
    securityProfileName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    securityProfileTargetArn: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'securityProfileTargetArn',
      },
    },
  },
  AttachThingPrincipalRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    principal: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-principal',
      },
    },
    thingPrincipalType: {
      type: 'string',
      in: {
        query: 'thingPrincipalType',
      },
    },
  },
  AttributePayload: {
    attributes: {
      type: '{string}',
    },
    merge: {
      type: 'boolean',
    },
  },
  AuditCheckConfiguration: {
    enabled: {
      type: 'boolean',
    },
    configuration: {
      type: '{string}',
    },
  },
  AuditMitigationActionsTaskTarget: {
    auditTaskId: {
      type: 'string',
    },
    findingIds: {
      type: '[string]',
    },
    auditCheckToReasonCodeFilter: {
      type: '{[string]}',
    },
  },
  AuditNotificationTarget: {
    targetArn: {
      type: 'string',
    },
    roleArn: {
      type: 'string',
    },
    enabled: {
      type: 'boolean',
    },
  },
  AuthInfo: {
    resources: {
      type: '[string]',
      isRequired: true,
    },
    actionType: {
      type: 'string',
    },
  },
  AuthorizerConfig: {
    defaultAuthorizerName: {
      type: 'string',
    },
    allowAuthorizerOverride: {
      type: 'boolean',
    },
  },
  BatchConfig: {
    maxBatchOpenMs: {
      type: 'number',
    },
    maxBatchSize: {
      type: 'number',
    },
    maxBatchSizeBytes: {
      type: 'number',
    },
    batchAcrossTopics: {
      type: 'boolean',
    },
  },
  Behavior: {
    name: {
      type: 'string',
      isRequired: true,
    },
    metric: {
      type: 'string',
    },
    metricDimension: {
      type: 'MetricDimension',
    },
    criteria: {
      type: 'BehaviorCriteria',
    },
    suppressAlerts: {
      type: 'boolean',
    },
    exportMetric: {
      type: 'boolean',
    },
  },
  BehaviorCriteria: {
    comparisonOperator: {
      type: 'string',
    },
    value: {
      type: 'MetricValue',
    },
    durationSeconds: {
      type: 'number',
    },
    consecutiveDatapointsToAlarm: {
      type: 'number',
    },
    consecutiveDatapointsToClear: {
      type: 'number',
    },
    statisticalThreshold: {
      type: 'StatisticalThreshold',
    },
    mlDetectionConfig: {
      type: 'MachineLearningDetectionConfig',
    },
  },
  CancelAuditTaskRequest: {
    taskId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  CancelJobExecutionRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    force: {
      type: 'boolean',
      in: {
        query: 'force',
      },
    },
    expectedVersion: {
      type: 'number',
    },
    statusDetails: {
      type: '{string}',
    },
  },
  CancelJobRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    reasonCode: {
      type: 'string',
    },
    comment: {
      type: 'string',
    },
    force: {
      type: 'boolean',
      in: {
        query: 'force',
      },
    },
  },
  ClearDefaultAuthorizerRequest: {},
  ClientCertificateConfig: {
    clientCertificateCallbackArn: {
      type: 'string',
    },
  },
  CloudwatchAlarmAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    alarmName: {
      type: 'string',
      isRequired: true,
    },
    stateReason: {
      type: 'string',
      isRequired: true,
    },
    stateValue: {
      type: 'string',
      isRequired: true,
    },
  },
  CloudwatchLogsAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    logGroupName: {
      type: 'string',
      isRequired: true,
    },
    batchMode: {
      type: 'boolean',
    },
  },
  CloudwatchMetricAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    metricNamespace: {
      type: 'string',
      isRequired: true,
    },
    metricName: {
      type: 'string',
      isRequired: true,
    },
    metricValue: {
      type: 'string',
      isRequired: true,
    },
    metricUnit: {
      type: 'string',
      isRequired: true,
    },
    metricTimestamp: {
      type: 'string',
    },
  },
  Configuration: {
    Enabled: {
      type: 'boolean',
    },
  },
  CreateAuditSuppressionRequest: {
    checkName: {
      type: 'string',
      isRequired: true,
    },
    resourceIdentifier: {
      type: 'ResourceIdentifier',
      isRequired: true,
    },
    expirationDate: {
      type: 'timestamp',
    },
    suppressIndefinitely: {
      type: 'boolean',
    },
    description: {
      type: 'string',
    },
    clientRequestToken: {
      type: 'string',
    },
  },
  CreateAuthorizerRequest: {
    authorizerName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    authorizerFunctionArn: {
      type: 'string',
      isRequired: true,
    },
    tokenKeyName: {
      type: 'string',
    },
    tokenSigningPublicKeys: {
      type: '{string}',
    },
    status: {
      type: 'string',
    },
    tags: {
      type: '[Tag]',
    },
    signingDisabled: {
      type: 'boolean',
    },
    enableCachingForHttp: {
      type: 'boolean',
    },
  },
  CreateCertificateFromCsrRequest: {
    certificateSigningRequest: {
      type: 'string',
      isRequired: true,
    },
    setAsActive: {
      type: 'boolean',
      in: {
        query: 'setAsActive',
      },
    },
  },
  CreateCertificateProviderRequest: {
    certificateProviderName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    lambdaFunctionArn: {
      type: 'string',
      isRequired: true,
    },
    accountDefaultForOperations: {
      type: '[string]',
      isRequired: true,
    },
    clientToken: {
      type: 'string',
    },
    tags: {
      type: '[Tag]',
    },
  },
  CreateDomainConfigurationRequest: {
    domainConfigurationName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    domainName: {
      type: 'string',
    },
    serverCertificateArns: {
      type: '[string]',
    },
    validationCertificateArn: {
      type: 'string',
    },
    authorizerConfig: {
      type: 'AuthorizerConfig',
    },
    serviceType: {
      type: 'string',
    },
    tags: {
      type: '[Tag]',
    },
    tlsConfig: {
      type: 'TlsConfig',
    },
    serverCertificateConfig: {
      type: 'ServerCertificateConfig',
    },
    authenticationType: {
      type: 'string',
    },
    applicationProtocol: {
      type: 'string',
    },
    clientCertificateConfig: {
      type: 'ClientCertificateConfig',
    },
  },
  CreateJobRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    targets: {
      type: '[string]',
      isRequired: true,
    },
    documentSource: {
      type: 'string',
    },
    document: {
      type: 'string',
    },
    description: {
      type: 'string',
    },
    presignedUrlConfig: {
      type: 'PresignedUrlConfig',
    },
    targetSelection: {
      type: 'string',
    },
    jobExecutionsRolloutConfig: {
      type: 'JobExecutionsRolloutConfig',
    },
    abortConfig: {
      type: 'AbortConfig',
    },
    timeoutConfig: {
      type: 'TimeoutConfig',
    },
    tags: {
      type: '[Tag]',
    },
    namespaceId: {
      type: 'string',
    },
    jobTemplateArn: {
      type: 'string',
    },
    jobExecutionsRetryConfig: {
      type: 'JobExecutionsRetryConfig',
    },
    documentParameters: {
      type: '{string}',
    },
    schedulingConfig: {
      type: 'SchedulingConfig',
    },
    destinationPackageVersions: {
      type: '[string]',
    },
  },
  CreateKeysAndCertificateRequest: {
    setAsActive: {
      type: 'boolean',
      in: {
        query: 'setAsActive',
      },
    },
  },
  CreateMitigationActionRequest: {
    actionName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    actionParams: {
      type: 'MitigationActionParams',
      isRequired: true,
    },
    tags: {
      type: '[Tag]',
    },
  },
  CreatePolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    policyDocument: {
      type: 'string',
      isRequired: true,
    },
    tags: {
      type: '[Tag]',
    },
  },
  CreatePolicyVersionRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    policyDocument: {
      type: 'string',
      isRequired: true,
    },
    setAsDefault: {
      type: 'boolean',
      in: {
        query: 'setAsDefault',
      },
    },
  },
  CreateProvisioningClaimRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  CreateProvisioningTemplateRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
    },
    templateBody: {
      type: 'string',
      isRequired: true,
    },
    provisioningRoleArn: {
      type: 'string',
      isRequired: true,
    },
    description: {
      type: 'string',
    },
    enabled: {
      type: 'boolean',
    },
    preProvisioningHook: {
      type: 'ProvisioningHook',
    },
    tags: {
      type: '[Tag]',
    },
    type: {
      type: 'string',
    },
  },
  CreateProvisioningTemplateVersionRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    templateBody: {
      type: 'string',
      isRequired: true,
    },
    setAsDefault: {
      type: 'boolean',
      in: {
        query: 'setAsDefault',
      },
    },
  },
  CreateScheduledAuditRequest: {
    frequency: {
      type: 'string',
      isRequired: true,
    },
    targetCheckNames: {
      type: '[string]',
      isRequired: true,
    },
    scheduledAuditName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    dayOfMonth: {
      type: 'string',
    },
    dayOfWeek: {
      type: 'string',
    },
    tags: {
      type: '[Tag]',
    },
  },
  CreateSecurityProfileRequest: {
    securityProfileName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    securityProfileDescription: {
      type: 'string',
    },
    behaviors: {
      type: '[Behavior]',
    },
    alertTargets: {
      type: '{AlertTarget}',
    },
    additionalMetricsToRetain: {
      type: '[string]',
    },
    additionalMetricsToRetainV2: {
      type: '[MetricToRetain]',
    },
    tags: {
      type: '[Tag]',
    },
    metricsExportConfig: {
      type: 'MetricsExportConfig',
    },
  },
  CreateThingGroupRequest: {
    thingGroupName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    parentGroupName: {
      type: 'string',
    },
    thingGroupProperties: {
      type: 'ThingGroupProperties',
    },
    tags: {
      type: '[Tag]',
    },
  },
  CreateThingRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingTypeName: {
      type: 'string',
    },
    attributePayload: {
      type: 'AttributePayload',
    },
    billingGroupName: {
      type: 'string',
    },
  },
  CreateThingTypeRequest: {
    thingTypeName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingTypeProperties: {
      type: 'ThingTypeProperties',
    },
    tags: {
      type: '[Tag]',
    },
  },
  CreateTopicRuleRequest: {
    ruleName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    topicRulePayload: {
      type: 'TopicRulePayload',
      isRequired: true,
      in: 'payload',
    },
    tags: {
      type: 'string',
      in: {
        header: 'x-amz-tagging',
      },
    },
  },
  DeleteAccountAuditConfigurationRequest: {
    deleteScheduledAudits: {
      type: 'boolean',
      in: {
        query: 'deleteScheduledAudits',
      },
    },
  },
  DeleteAuditSuppressionRequest: {
    checkName: {
      type: 'string',
      isRequired: true,
    },
    resourceIdentifier: {
      type: 'ResourceIdentifier',
      isRequired: true,
    },
  },
  DeleteAuthorizerRequest: {
    authorizerName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteCACertificateRequest: {
    certificateId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteCertificateProviderRequest: {
    certificateProviderName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteCertificateRequest: {
    certificateId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    forceDelete: {
      type: 'boolean',
      in: {
        query: 'forceDelete',
      },
    },
  },
  DeleteDomainConfigurationRequest: {
    domainConfigurationName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteJobExecutionRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    executionNumber: {
      type: 'number',
      isRequired: true,
      in: 'label',
    },
    force: {
      type: 'boolean',
      in: {
        query: 'force',
      },
    },
    namespaceId: {
      type: 'string',
      in: {
        query: 'namespaceId',
      },
    },
  },
  DeleteJobRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    force: {
      type: 'boolean',
      in: {
        query: 'force',
      },
    },
    namespaceId: {
      type: 'string',
      in: {
        query: 'namespaceId',
      },
    },
  },
  DeleteMitigationActionRequest: {
    actionName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeletePolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeletePolicyVersionRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    policyVersionId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteProvisioningTemplateRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteProvisioningTemplateVersionRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    versionId: {
      type: 'number',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteRegistrationCodeRequest: {},
  DeleteScheduledAuditRequest: {
    scheduledAuditName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteSecurityProfileRequest: {
    securityProfileName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    expectedVersion: {
      type: 'number',
      in: {
        query: 'expectedVersion',
      },
    },
  },
  DeleteThingGroupRequest: {
    thingGroupName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    expectedVersion: {
      type: 'number',
      in: {
        query: 'expectedVersion',
      },
    },
  },
  DeleteThingRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    expectedVersion: {
      type: 'number',
      in: {
        query: 'expectedVersion',
      },
    },
  },
  DeleteThingTypeRequest: {
    thingTypeName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteTopicRuleRequest: {
    ruleName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DeleteV2LoggingLevelRequest: {
    targetType: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'targetType',
      },
    },
    targetName: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'targetName',
      },
    },
  },
  DeprecateThingTypeRequest: {
    thingTypeName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    undoDeprecate: {
      type: 'boolean',
    },
  },
  DescribeAccountAuditConfigurationRequest: {},
  DescribeAuditFindingRequest: {
    findingId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeAuditMitigationActionsTaskRequest: {
    taskId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeAuditSuppressionRequest: {
    checkName: {
      type: 'string',
      isRequired: true,
    },
    resourceIdentifier: {
      type: 'ResourceIdentifier',
      isRequired: true,
    },
  },
  DescribeAuditTaskRequest: {
    taskId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeAuthorizerRequest: {
    authorizerName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeCACertificateRequest: {
    certificateId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeCertificateProviderRequest: {
    certificateProviderName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeCertificateRequest: {
    certificateId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeDefaultAuthorizerRequest: {},
  DescribeDomainConfigurationRequest: {
    domainConfigurationName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeEncryptionConfigurationRequest: {},
  DescribeEndpointRequest: {
    endpointType: {
      type: 'string',
      in: {
        query: 'endpointType',
      },
    },
  },
  DescribeEventConfigurationsRequest: {},
  DescribeJobExecutionRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    executionNumber: {
      type: 'number',
      in: {
        query: 'executionNumber',
      },
    },
  },
  DescribeJobRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    beforeSubstitution: {
      type: 'boolean',
      in: {
        query: 'beforeSubstitution',
      },
    },
  },
  DescribeMitigationActionRequest: {
    actionName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeProvisioningTemplateRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeProvisioningTemplateVersionRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    versionId: {
      type: 'number',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeScheduledAuditRequest: {
    scheduledAuditName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeSecurityProfileRequest: {
    securityProfileName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeThingGroupRequest: {
    thingGroupName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeThingRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DescribeThingTypeRequest: {
    thingTypeName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DetachPolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    target: {
      type: 'string',
      isRequired: true,
    },
  },
  DetachPrincipalPolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    principal: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-iot-principal',
      },
    },
  },
  DetachSecurityProfileRequest: {
    securityProfileName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    securityProfileTargetArn: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'securityProfileTargetArn',
      },
    },
  },
  DetachThingPrincipalRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    principal: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-principal',
      },
    },
  },
  DisableTopicRuleRequest: {
    ruleName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  DynamoDBAction: {
    tableName: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    hashKeyField: {
      type: 'string',
      isRequired: true,
    },
    hashKeyValue: {
      type: 'string',
      isRequired: true,
    },
    operation: {
      type: 'string',
    },
    hashKeyType: {
      type: 'string',
    },
    rangeKeyField: {
      type: 'string',
    },
    rangeKeyValue: {
      type: 'string',
    },
    rangeKeyType: {
      type: 'string',
    },
    payloadField: {
      type: 'string',
    },
  },
  DynamoDBv2Action: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    putItem: {
      type: 'PutItemInput',
      isRequired: true,
    },
  },
  ElasticsearchAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    endpoint: {
      type: 'string',
      isRequired: true,
    },
    index: {
      type: 'string',
      isRequired: true,
    },
    type: {
      type: 'string',
      isRequired: true,
    },
    id: {
      type: 'string',
      isRequired: true,
    },
  },
  EnableIoTLoggingParams: {
    roleArnForLogging: {
      type: 'string',
      isRequired: true,
    },
    logLevel: {
      type: 'string',
      isRequired: true,
    },
  },
  EnableTopicRuleRequest: {
    ruleName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  ExponentialRolloutRate: {
    baseRatePerMinute: {
      type: 'number',
      isRequired: true,
    },
    incrementFactor: {
      type: 'number',
      isRequired: true,
    },
    rateIncreaseCriteria: {
      type: 'RateIncreaseCriteria',
      isRequired: true,
    },
  },
  FirehoseAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    deliveryStreamName: {
      type: 'string',
      isRequired: true,
    },
    separator: {
      type: 'string',
    },
    batchMode: {
      type: 'boolean',
    },
  },
  GetEffectivePoliciesRequest: {
    principal: {
      type: 'string',
    },
    cognitoIdentityPoolId: {
      type: 'string',
    },
    thingName: {
      type: 'string',
      in: {
        query: 'thingName',
      },
    },
  },
  GetJobDocumentRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    beforeSubstitution: {
      type: 'boolean',
      in: {
        query: 'beforeSubstitution',
      },
    },
  },
  GetLoggingOptionsRequest: {},
  GetPolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  GetPolicyVersionRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    policyVersionId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  GetRegistrationCodeRequest: {},
  GetTopicRuleRequest: {
    ruleName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  GetV2LoggingOptionsRequest: {
    verbose: {
      type: 'boolean',
      in: {
        query: 'verbose',
      },
    },
  },
  HttpAction: {
    url: {
      type: 'string',
      isRequired: true,
    },
    confirmationUrl: {
      type: 'string',
    },
    headers: {
      type: '[HttpActionHeader]',
    },
    auth: {
      type: 'HttpAuthorization',
    },
    enableBatching: {
      type: 'boolean',
    },
    batchConfig: {
      type: 'BatchConfig',
    },
  },
  HttpActionHeader: {
    key: {
      type: 'string',
      isRequired: true,
    },
    value: {
      type: 'string',
      isRequired: true,
    },
  },
  HttpAuthorization: {
    sigv4: {
      type: 'SigV4Authorization',
    },
  },
  HttpContext: {
    headers: {
      type: '{string}',
    },
    queryString: {
      type: 'string',
    },
  },
  InfluxDBAction: {
    destinationArn: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    databaseName: {
      type: 'string',
      isRequired: true,
    },
    tableName: {
      type: 'string',
      isRequired: true,
    },
    organization: {
      type: 'string',
    },
    tags: {
      type: '{string}',
    },
    timestampUnit: {
      type: 'string',
    },
    batchConfig: {
      type: 'InfluxDBBatchConfig',
    },
  },
  InfluxDBBatchConfig: {
    maxBatchSize: {
      type: 'number',
    },
    maxBatchOpenMs: {
      type: 'number',
    },
    maxBatchSizeBytes: {
      type: 'number',
    },
    batchAcrossTopics: {
      type: 'boolean',
    },
  },
  IotAnalyticsAction: {
    channelArn: {
      type: 'string',
    },
    channelName: {
      type: 'string',
    },
    batchMode: {
      type: 'boolean',
    },
    roleArn: {
      type: 'string',
    },
  },
  IotEventsAction: {
    inputName: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    messageId: {
      type: 'string',
    },
    batchMode: {
      type: 'boolean',
    },
  },
  IotSiteWiseAction: {
    putAssetPropertyValueEntries: {
      type: '[PutAssetPropertyValueEntry]',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
  },
  IssuerCertificateIdentifier: {
    issuerCertificateSubject: {
      type: 'string',
    },
    issuerId: {
      type: 'string',
    },
    issuerCertificateSerialNumber: {
      type: 'string',
    },
  },
  JobExecutionsRetryConfig: {
    criteriaList: {
      type: '[RetryCriteria]',
      isRequired: true,
    },
  },
  JobExecutionsRolloutConfig: {
    maximumPerMinute: {
      type: 'number',
    },
    exponentialRate: {
      type: 'ExponentialRolloutRate',
    },
  },
  KafkaAction: {
    destinationArn: {
      type: 'string',
      isRequired: true,
    },
    topic: {
      type: 'string',
      isRequired: true,
    },
    clientProperties: {
      type: '{string}',
      isRequired: true,
    },
    key: {
      type: 'string',
    },
    partition: {
      type: 'string',
    },
    headers: {
      type: '[KafkaActionHeader]',
    },
  },
  KafkaActionHeader: {
    key: {
      type: 'string',
      isRequired: true,
    },
    value: {
      type: 'string',
      isRequired: true,
    },
  },
  KinesisAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    streamName: {
      type: 'string',
      isRequired: true,
    },
    partitionKey: {
      type: 'string',
    },
  },
  LambdaAction: {
    functionArn: {
      type: 'string',
      isRequired: true,
    },
  },
  ListActiveViolationsRequest: {
    thingName: {
      type: 'string',
      in: {
        query: 'thingName',
      },
    },
    securityProfileName: {
      type: 'string',
      in: {
        query: 'securityProfileName',
      },
    },
    behaviorCriteriaType: {
      type: 'string',
      in: {
        query: 'behaviorCriteriaType',
      },
    },
    listSuppressedAlerts: {
      type: 'boolean',
      in: {
        query: 'listSuppressedAlerts',
      },
    },
    verificationState: {
      type: 'string',
      in: {
        query: 'verificationState',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListAttachedPoliciesRequest: {
    target: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    recursive: {
      type: 'boolean',
      in: {
        query: 'recursive',
      },
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
  },
  ListAuditFindingsRequest: {
    taskId: {
      type: 'string',
    },
    checkName: {
      type: 'string',
    },
    resourceIdentifier: {
      type: 'ResourceIdentifier',
    },
    maxResults: {
      type: 'number',
    },
    nextToken: {
      type: 'string',
    },
    startTime: {
      type: 'timestamp',
    },
    endTime: {
      type: 'timestamp',
    },
    listSuppressedFindings: {
      type: 'boolean',
    },
  },
  ListAuditMitigationActionsExecutionsRequest: {
    taskId: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'taskId',
      },
    },
    findingId: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'findingId',
      },
    },
    actionStatus: {
      type: 'string',
      in: {
        query: 'actionStatus',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
  },
  ListAuditSuppressionsRequest: {
    checkName: {
      type: 'string',
    },
    resourceIdentifier: {
      type: 'ResourceIdentifier',
    },
    ascendingOrder: {
      type: 'boolean',
    },
    nextToken: {
      type: 'string',
    },
    maxResults: {
      type: 'number',
    },
  },
  ListAuditTasksRequest: {
    startTime: {
      type: 'timestamp',
      isRequired: true,
      in: {
        query: 'startTime',
      },
    },
    endTime: {
      type: 'timestamp',
      isRequired: true,
      in: {
        query: 'endTime',
      },
    },
    taskType: {
      type: 'string',
      in: {
        query: 'taskType',
      },
    },
    taskStatus: {
      type: 'string',
      in: {
        query: 'taskStatus',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListAuthorizersRequest: {
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
    status: {
      type: 'string',
      in: {
        query: 'status',
      },
    },
  },
  ListCACertificatesRequest: {
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
    templateName: {
      type: 'string',
      in: {
        query: 'templateName',
      },
    },
  },
  ListCertificateProvidersRequest: {
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
  },
  ListCertificatesByCARequest: {
    caCertificateId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
  },
  ListCertificatesRequest: {
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
  },
  ListDomainConfigurationsRequest: {
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    serviceType: {
      type: 'string',
      in: {
        query: 'serviceType',
      },
    },
  },
  ListJobExecutionsForJobRequest: {
    jobId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    status: {
      type: 'string',
      in: {
        query: 'status',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
  },
  ListJobExecutionsForThingRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    status: {
      type: 'string',
      in: {
        query: 'status',
      },
    },
    namespaceId: {
      type: 'string',
      in: {
        query: 'namespaceId',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    jobId: {
      type: 'string',
      in: {
        query: 'jobId',
      },
    },
  },
  ListJobsRequest: {
    status: {
      type: 'string',
      in: {
        query: 'status',
      },
    },
    targetSelection: {
      type: 'string',
      in: {
        query: 'targetSelection',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    thingGroupName: {
      type: 'string',
      in: {
        query: 'thingGroupName',
      },
    },
    thingGroupId: {
      type: 'string',
      in: {
        query: 'thingGroupId',
      },
    },
    namespaceId: {
      type: 'string',
      in: {
        query: 'namespaceId',
      },
    },
  },
  ListMitigationActionsRequest: {
    actionType: {
      type: 'string',
      in: {
        query: 'actionType',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
  },
  ListPoliciesRequest: {
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
  },
  ListPolicyPrincipalsRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-iot-policy',
      },
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
  },
  ListPolicyVersionsRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  ListPrincipalPoliciesRequest: {
    principal: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-iot-principal',
      },
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
    ascendingOrder: {
      type: 'boolean',
      in: {
        query: 'isAscendingOrder',
      },
    },
  },
  ListPrincipalThingsRequest: {
    principal: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-principal',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListPrincipalThingsV2Request: {
    principal: {
      type: 'string',
      isRequired: true,
      in: {
        header: 'x-amzn-principal',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    thingPrincipalType: {
      type: 'string',
      in: {
        query: 'thingPrincipalType',
      },
    },
  },
  ListProvisioningTemplatesRequest: {
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
  },
  ListProvisioningTemplateVersionsRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
  },
  ListScheduledAuditsRequest: {
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListSecurityProfilesRequest: {
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    dimensionName: {
      type: 'string',
      in: {
        query: 'dimensionName',
      },
    },
    metricName: {
      type: 'string',
      in: {
        query: 'metricName',
      },
    },
  },
  ListTagsForResourceRequest: {
    resourceArn: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'resourceArn',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
  },
  ListTargetsForPolicyRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    marker: {
      type: 'string',
      in: {
        query: 'marker',
      },
    },
    pageSize: {
      type: 'number',
      in: {
        query: 'pageSize',
      },
    },
  },
  ListTargetsForSecurityProfileRequest: {
    securityProfileName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListThingGroupsForThingRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListThingGroupsRequest: {
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    parentGroup: {
      type: 'string',
      in: {
        query: 'parentGroup',
      },
    },
    namePrefixFilter: {
      type: 'string',
      in: {
        query: 'namePrefixFilter',
      },
    },
    recursive: {
      type: 'boolean',
      in: {
        query: 'recursive',
      },
    },
  },
  ListThingPrincipalsRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListThingPrincipalsV2Request: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    thingPrincipalType: {
      type: 'string',
      in: {
        query: 'thingPrincipalType',
      },
    },
  },
  ListThingsInThingGroupRequest: {
    thingGroupName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    recursive: {
      type: 'boolean',
      in: {
        query: 'recursive',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  ListThingsRequest: {
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    attributeName: {
      type: 'string',
      in: {
        query: 'attributeName',
      },
    },
    attributeValue: {
      type: 'string',
      in: {
        query: 'attributeValue',
      },
    },
    thingTypeName: {
      type: 'string',
      in: {
        query: 'thingTypeName',
      },
    },
    usePrefixAttributeValue: {
      type: 'boolean',
      in: {
        query: 'usePrefixAttributeValue',
      },
    },
  },
  ListThingTypesRequest: {
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    thingTypeName: {
      type: 'string',
      in: {
        query: 'thingTypeName',
      },
    },
  },
  ListTopicRulesRequest: {
    topic: {
      type: 'string',
      in: {
        query: 'topic',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    ruleDisabled: {
      type: 'boolean',
      in: {
        query: 'ruleDisabled',
      },
    },
  },
  ListV2LoggingLevelsRequest: {
    targetType: {
      type: 'string',
      in: {
        query: 'targetType',
      },
    },
    nextToken: {
      type: 'string',
      in: {
        query: 'nextToken',
      },
    },
    maxResults: {
      type: 'number',
      in: {
        query: 'maxResults',
      },
    },
  },
  LocationAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    trackerName: {
      type: 'string',
      isRequired: true,
    },
    deviceId: {
      type: 'string',
      isRequired: true,
    },
    latitude: {
      type: 'string',
      isRequired: true,
    },
    longitude: {
      type: 'string',
      isRequired: true,
    },
    timestamp: {
      type: 'LocationTimestamp',
    },
  },
  LocationTimestamp: {
    value: {
      type: 'string',
      isRequired: true,
    },
    unit: {
      type: 'string',
    },
  },
  LogEventConfiguration: {
    eventType: {
      type: 'string',
      isRequired: true,
    },
    logLevel: {
      type: 'string',
    },
    logDestination: {
      type: 'string',
    },
  },
  LoggingOptionsPayload: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    logLevel: {
      type: 'string',
    },
  },
  LogTarget: {
    targetType: {
      type: 'string',
      isRequired: true,
    },
    targetName: {
      type: 'string',
    },
  },
  MachineLearningDetectionConfig: {
    confidenceLevel: {
      type: 'string',
      isRequired: true,
    },
  },
  MaintenanceWindow: {
    startTime: {
      type: 'string',
      isRequired: true,
    },
    durationInMinutes: {
      type: 'number',
      isRequired: true,
    },
  },
  MetricDimension: {
    dimensionName: {
      type: 'string',
      isRequired: true,
    },
    operator: {
      type: 'string',
    },
  },
  MetricsExportConfig: {
    mqttTopic: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
  },
  MetricToRetain: {
    metric: {
      type: 'string',
      isRequired: true,
    },
    metricDimension: {
      type: 'MetricDimension',
    },
    exportMetric: {
      type: 'boolean',
    },
  },
  MetricValue: {
    count: {
      type: 'number',
    },
    cidrs: {
      type: '[string]',
    },
    ports: {
      type: '[number]',
    },
    number: {
      type: 'number',
    },
    numbers: {
      type: '[number]',
    },
    strings: {
      type: '[string]',
    },
  },
  MitigationActionParams: {
    updateDeviceCertificateParams: {
      type: 'UpdateDeviceCertificateParams',
    },
    updateCACertificateParams: {
      type: 'UpdateCACertificateParams',
    },
    addThingsToThingGroupParams: {
      type: 'AddThingsToThingGroupParams',
    },
    replaceDefaultPolicyVersionParams: {
      type: 'ReplaceDefaultPolicyVersionParams',
    },
    enableIoTLoggingParams: {
      type: 'EnableIoTLoggingParams',
    },
    publishFindingToSnsParams: {
      type: 'PublishFindingToSnsParams',
    },
  },
  Mqtt5Configuration: {
    propagatingAttributes: {
      type: '[PropagatingAttribute]',
    },
  },
  MqttContext: {
    username: {
      type: 'string',
    },
    password: {
      type: 'blob',
    },
    clientId: {
      type: 'string',
    },
  },
  MqttHeaders: {
    payloadFormatIndicator: {
      type: 'string',
    },
    contentType: {
      type: 'string',
    },
    responseTopic: {
      type: 'string',
    },
    correlationData: {
      type: 'string',
    },
    messageExpiry: {
      type: 'string',
    },
    userProperties: {
      type: '[UserProperty]',
    },
  },
  OpenSearchAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    endpoint: {
      type: 'string',
      isRequired: true,
    },
    index: {
      type: 'string',
      isRequired: true,
    },
    type: {
      type: 'string',
      isRequired: true,
    },
    id: {
      type: 'string',
      isRequired: true,
    },
  },
  PolicyVersionIdentifier: {
    policyName: {
      type: 'string',
    },
    policyVersionId: {
      type: 'string',
    },
  },
  PresignedUrlConfig: {
    roleArn: {
      type: 'string',
    },
    expiresInSec: {
      type: 'number',
    },
  },
  PropagatingAttribute: {
    userPropertyKey: {
      type: 'string',
    },
    thingAttribute: {
      type: 'string',
    },
    connectionAttribute: {
      type: 'string',
    },
  },
  ProvisioningHook: {
    targetArn: {
      type: 'string',
      isRequired: true,
    },
    payloadVersion: {
      type: 'string',
    },
  },
  PublishFindingToSnsParams: {
    topicArn: {
      type: 'string',
      isRequired: true,
    },
  },
  PutAssetPropertyValueEntry: {
    propertyValues: {
      type: '[AssetPropertyValue]',
      isRequired: true,
    },
    entryId: {
      type: 'string',
    },
    assetId: {
      type: 'string',
    },
    propertyId: {
      type: 'string',
    },
    propertyAlias: {
      type: 'string',
    },
  },
  PutItemInput: {
    tableName: {
      type: 'string',
      isRequired: true,
    },
  },
  RateIncreaseCriteria: {
    numberOfNotifiedThings: {
      type: 'number',
    },
    numberOfSucceededThings: {
      type: 'number',
    },
  },
  RegisterCACertificateRequest: {
    caCertificate: {
      type: 'string',
      isRequired: true,
    },
    verificationCertificate: {
      type: 'string',
    },
    setAsActive: {
      type: 'boolean',
      in: {
        query: 'setAsActive',
      },
    },
    allowAutoRegistration: {
      type: 'boolean',
      in: {
        query: 'allowAutoRegistration',
      },
    },
    registrationConfig: {
      type: 'RegistrationConfig',
    },
    tags: {
      type: '[Tag]',
    },
    certificateMode: {
      type: 'string',
    },
  },
  RegisterCertificateRequest: {
    certificatePem: {
      type: 'string',
      isRequired: true,
    },
    caCertificatePem: {
      type: 'string',
    },
    setAsActive: {
      type: 'boolean',
      in: {
        query: 'setAsActive',
      },
    },
    status: {
      type: 'string',
    },
  },
  RegisterCertificateWithoutCARequest: {
    certificatePem: {
      type: 'string',
      isRequired: true,
    },
    status: {
      type: 'string',
    },
  },
  RegistrationConfig: {
    templateBody: {
      type: 'string',
    },
    roleArn: {
      type: 'string',
    },
    templateName: {
      type: 'string',
    },
  },
  RemoveThingFromThingGroupRequest: {
    thingGroupName: {
      type: 'string',
    },
    thingGroupArn: {
      type: 'string',
    },
    thingName: {
      type: 'string',
    },
    thingArn: {
      type: 'string',
    },
  },
  ReplaceDefaultPolicyVersionParams: {
    templateName: {
      type: 'string',
      isRequired: true,
    },
  },
  ReplaceTopicRuleRequest: {
    ruleName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    topicRulePayload: {
      type: 'TopicRulePayload',
      isRequired: true,
      in: 'payload',
    },
  },
  RepublishAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    topic: {
      type: 'string',
      isRequired: true,
    },
    qos: {
      type: 'number',
    },
    headers: {
      type: 'MqttHeaders',
    },
  },
  ResourceIdentifier: {
    deviceCertificateId: {
      type: 'string',
    },
    caCertificateId: {
      type: 'string',
    },
    cognitoIdentityPoolId: {
      type: 'string',
    },
    clientId: {
      type: 'string',
    },
    policyVersionIdentifier: {
      type: 'PolicyVersionIdentifier',
    },
    account: {
      type: 'string',
    },
    iamRoleArn: {
      type: 'string',
    },
    roleAliasArn: {
      type: 'string',
    },
    issuerCertificateIdentifier: {
      type: 'IssuerCertificateIdentifier',
    },
    deviceCertificateArn: {
      type: 'string',
    },
  },
  RetryCriteria: {
    failureType: {
      type: 'string',
      isRequired: true,
    },
    numberOfRetries: {
      type: 'number',
      isRequired: true,
    },
  },
  S3Action: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    bucketName: {
      type: 'string',
      isRequired: true,
    },
    key: {
      type: 'string',
      isRequired: true,
    },
    cannedAcl: {
      type: 'string',
    },
  },
  SalesforceAction: {
    token: {
      type: 'string',
      isRequired: true,
    },
    url: {
      type: 'string',
      isRequired: true,
    },
  },
  SchedulingConfig: {
    startTime: {
      type: 'string',
    },
    endTime: {
      type: 'string',
    },
    endBehavior: {
      type: 'string',
    },
    maintenanceWindows: {
      type: '[MaintenanceWindow]',
    },
  },
  ServerCertificateConfig: {
    enableOCSPCheck: {
      type: 'boolean',
    },
    ocspLambdaArn: {
      type: 'string',
    },
    ocspAuthorizedResponderArn: {
      type: 'string',
    },
  },
  SetDefaultAuthorizerRequest: {
    authorizerName: {
      type: 'string',
      isRequired: true,
    },
  },
  SetDefaultPolicyVersionRequest: {
    policyName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    policyVersionId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
  },
  SetLoggingOptionsRequest: {
    loggingOptionsPayload: {
      type: 'LoggingOptionsPayload',
      isRequired: true,
      in: 'payload',
    },
  },
  SetV2LoggingLevelRequest: {
    logTarget: {
      type: 'LogTarget',
      isRequired: true,
    },
    logLevel: {
      type: 'string',
      isRequired: true,
    },
  },
  SetV2LoggingOptionsRequest: {
    roleArn: {
      type: 'string',
    },
    defaultLogLevel: {
      type: 'string',
    },
    disableAllLogs: {
      type: 'boolean',
    },
    eventConfigurations: {
      type: '[LogEventConfiguration]',
    },
  },
  SigV4Authorization: {
    signingRegion: {
      type: 'string',
      isRequired: true,
    },
    serviceName: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
  },
  SnsAction: {
    targetArn: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    messageFormat: {
      type: 'string',
    },
  },
  SqsAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    queueUrl: {
      type: 'string',
      isRequired: true,
    },
    useBase64: {
      type: 'boolean',
    },
  },
  StartAuditMitigationActionsTaskRequest: {
    taskId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    target: {
      type: 'AuditMitigationActionsTaskTarget',
      isRequired: true,
    },
    auditCheckToActionsMapping: {
      type: '{[string]}',
      isRequired: true,
    },
    clientRequestToken: {
      type: 'string',
    },
  },
  StartOnDemandAuditTaskRequest: {
    targetCheckNames: {
      type: '[string]',
      isRequired: true,
    },
  },
  StatisticalThreshold: {
    statistic: {
      type: 'string',
    },
  },
  StepFunctionsAction: {
    stateMachineName: {
      type: 'string',
      isRequired: true,
    },
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    executionNamePrefix: {
      type: 'string',
    },
  },
  Tag: {
    Key: {
      type: 'string',
      isRequired: true,
    },
    Value: {
      type: 'string',
    },
  },
  TagResourceRequest: {
    resourceArn: {
      type: 'string',
      isRequired: true,
    },
    tags: {
      type: '[Tag]',
      isRequired: true,
    },
  },
  TestAuthorizationRequest: {
    authInfos: {
      type: '[AuthInfo]',
      isRequired: true,
    },
    principal: {
      type: 'string',
    },
    cognitoIdentityPoolId: {
      type: 'string',
    },
    clientId: {
      type: 'string',
      in: {
        query: 'clientId',
      },
    },
    policyNamesToAdd: {
      type: '[string]',
    },
    policyNamesToSkip: {
      type: '[string]',
    },
  },
  TestInvokeAuthorizerRequest: {
    authorizerName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    token: {
      type: 'string',
    },
    tokenSignature: {
      type: 'string',
    },
    httpContext: {
      type: 'HttpContext',
    },
    mqttContext: {
      type: 'MqttContext',
    },
    tlsContext: {
      type: 'TlsContext',
    },
  },
  ThingGroupProperties: {
    thingGroupDescription: {
      type: 'string',
    },
    attributePayload: {
      type: 'AttributePayload',
    },
  },
  ThingTypeProperties: {
    thingTypeDescription: {
      type: 'string',
    },
    searchableAttributes: {
      type: '[string]',
    },
    mqtt5Configuration: {
      type: 'Mqtt5Configuration',
    },
  },
  TimeoutConfig: {
    inProgressTimeoutInMinutes: {
      type: 'number',
    },
  },
  TimestreamAction: {
    roleArn: {
      type: 'string',
      isRequired: true,
    },
    databaseName: {
      type: 'string',
      isRequired: true,
    },
    tableName: {
      type: 'string',
      isRequired: true,
    },
    dimensions: {
      type: '[TimestreamDimension]',
      isRequired: true,
    },
    timestamp: {
      type: 'TimestreamTimestamp',
    },
  },
  TimestreamDimension: {
    name: {
      type: 'string',
      isRequired: true,
    },
    value: {
      type: 'string',
      isRequired: true,
    },
  },
  TimestreamTimestamp: {
    value: {
      type: 'string',
      isRequired: true,
    },
    unit: {
      type: 'string',
      isRequired: true,
    },
  },
  TlsConfig: {
    securityPolicy: {
      type: 'string',
    },
  },
  TlsContext: {
    serverName: {
      type: 'string',
    },
  },
  TopicRulePayload: {
    sql: {
      type: 'string',
      isRequired: true,
    },
    actions: {
      type: '[Action]',
      isRequired: true,
    },
    description: {
      type: 'string',
    },
    ruleDisabled: {
      type: 'boolean',
    },
    awsIotSqlVersion: {
      type: 'string',
    },
    errorAction: {
      type: 'Action',
    },
  },
  UntagResourceRequest: {
    resourceArn: {
      type: 'string',
      isRequired: true,
    },
    tagKeys: {
      type: '[string]',
      isRequired: true,
    },
  },
  UpdateAccountAuditConfigurationRequest: {
    roleArn: {
      type: 'string',
    },
    auditNotificationTargetConfigurations: {
      type: '{AuditNotificationTarget}',
    },
    auditCheckConfigurations: {
      type: '{AuditCheckConfiguration}',
    },
  },
  UpdateAuditSuppressionRequest: {
    checkName: {
      type: 'string',
      isRequired: true,
    },
    resourceIdentifier: {
      type: 'ResourceIdentifier',
      isRequired: true,
    },
    expirationDate: {
      type: 'timestamp',
    },
    suppressIndefinitely: {
      type: 'boolean',
    },
    description: {
      type: 'string',
    },
  },
  UpdateAuthorizerRequest: {
    authorizerName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    authorizerFunctionArn: {
      type: 'string',
    },
    tokenKeyName: {
      type: 'string',
    },
    tokenSigningPublicKeys: {
      type: '{string}',
    },
    status: {
      type: 'string',
    },
    enableCachingForHttp: {
      type: 'boolean',
    },
  },
  UpdateCACertificateParams: {
    action: {
      type: 'string',
      isRequired: true,
    },
  },
  UpdateCACertificateRequest: {
    certificateId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    newStatus: {
      type: 'string',
      in: {
        query: 'newStatus',
      },
    },
    newAutoRegistrationStatus: {
      type: 'string',
      in: {
        query: 'newAutoRegistrationStatus',
      },
    },
    registrationConfig: {
      type: 'RegistrationConfig',
    },
    removeAutoRegistration: {
      type: 'boolean',
    },
  },
  UpdateCertificateProviderRequest: {
    certificateProviderName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    lambdaFunctionArn: {
      type: 'string',
    },
    accountDefaultForOperations: {
      type: '[string]',
    },
  },
  UpdateCertificateRequest: {
    certificateId: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    newStatus: {
      type: 'string',
      isRequired: true,
      in: {
        query: 'newStatus',
      },
    },
  },
  UpdateDeviceCertificateParams: {
    action: {
      type: 'string',
      isRequired: true,
    },
  },
  UpdateDomainConfigurationRequest: {
    domainConfigurationName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    authorizerConfig: {
      type: 'AuthorizerConfig',
    },
    domainConfigurationStatus: {
      type: 'string',
    },
    removeAuthorizerConfig: {
      type: 'boolean',
    },
    tlsConfig: {
      type: 'TlsConfig',
    },
    serverCertificateConfig: {
      type: 'ServerCertificateConfig',
    },
    authenticationType: {
      type: 'string',
    },
    applicationProtocol: {
      type: 'string',
    },
    clientCertificateConfig: {
      type: 'ClientCertificateConfig',
    },
  },
  UpdateEventConfigurationsRequest: {
    eventConfigurations: {
      type: '{Configuration}',
    },
  },
  UpdateMitigationActionRequest: {
    actionName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    roleArn: {
      type: 'string',
    },
    actionParams: {
      type: 'MitigationActionParams',
    },
  },
  UpdateProvisioningTemplateRequest: {
    templateName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    description: {
      type: 'string',
    },
    enabled: {
      type: 'boolean',
    },
    defaultVersionId: {
      type: 'number',
    },
    provisioningRoleArn: {
      type: 'string',
    },
    preProvisioningHook: {
      type: 'ProvisioningHook',
    },
    removePreProvisioningHook: {
      type: 'boolean',
    },
  },
  UpdateScheduledAuditRequest: {
    scheduledAuditName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    frequency: {
      type: 'string',
    },
    dayOfMonth: {
      type: 'string',
    },
    dayOfWeek: {
      type: 'string',
    },
    targetCheckNames: {
      type: '[string]',
    },
  },
  UpdateSecurityProfileRequest: {
    securityProfileName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    securityProfileDescription: {
      type: 'string',
    },
    behaviors: {
      type: '[Behavior]',
    },
    alertTargets: {
      type: '{AlertTarget}',
    },
    additionalMetricsToRetain: {
      type: '[string]',
    },
    additionalMetricsToRetainV2: {
      type: '[MetricToRetain]',
    },
    deleteBehaviors: {
      type: 'boolean',
    },
    deleteAlertTargets: {
      type: 'boolean',
    },
    deleteAdditionalMetricsToRetain: {
      type: 'boolean',
    },
    expectedVersion: {
      type: 'number',
      in: {
        query: 'expectedVersion',
      },
    },
    metricsExportConfig: {
      type: 'MetricsExportConfig',
    },
    deleteMetricsExportConfig: {
      type: 'boolean',
    },
  },
  UpdateThingGroupRequest: {
    thingGroupName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingGroupProperties: {
      type: 'ThingGroupProperties',
      isRequired: true,
    },
    expectedVersion: {
      type: 'number',
    },
  },
  UpdateThingGroupsForThingRequest: {
    thingName: {
      type: 'string',
    },
    thingGroupsToAdd: {
      type: '[string]',
    },
    thingGroupsToRemove: {
      type: '[string]',
    },
    overrideDynamicGroups: {
      type: 'boolean',
    },
  },
  UpdateThingRequest: {
    thingName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingTypeName: {
      type: 'string',
    },
    attributePayload: {
      type: 'AttributePayload',
    },
    expectedVersion: {
      type: 'number',
    },
    removeThingType: {
      type: 'boolean',
    },
  },
  UpdateThingTypeRequest: {
    thingTypeName: {
      type: 'string',
      isRequired: true,
      in: 'label',
    },
    thingTypeProperties: {
      type: 'ThingTypeProperties',
    },
  },
  UserProperty: {
    key: {
      type: 'string',
      isRequired: true,
    },
    value: {
      type: 'string',
      isRequired: true,
    },
  },
};
