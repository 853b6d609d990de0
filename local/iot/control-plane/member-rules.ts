/** What AWS publishes of a member besides its type (SM: lengths in characters, ranges, patterns, enumerations). */
export interface MemberRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

const registryName: MemberRule = { min: 1, max: 128, pattern: /^[a-zA-Z0-9:_-]+$/ };

const description: MemberRule = { max: 500, pattern: /^[^\p{C}]*$/u };

// \p{Graph} of the model is ASCII's printable characters without the space.
const longDescription: MemberRule = { max: 2028, pattern: /^[\x21-\x7e ]*$/ };

const longText: MemberRule = { max: 2028, pattern: /^[^\p{C}]*$/u };

const executionStatus: MemberRule = {
  values: ['QUEUED', 'IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'REJECTED', 'REMOVED', 'CANCELED'],
};

const jobRate: MemberRule = { min: 1, max: 1000 };

const certificateStatus: MemberRule = {
  values: ['ACTIVE', 'INACTIVE', 'REVOKED', 'PENDING_TRANSFER', 'REGISTER_INACTIVE', 'PENDING_ACTIVATION'],
};

const certificateId: MemberRule = { min: 64, max: 64, pattern: /^(0x)?[a-fA-F0-9]+$/ };

const certificatePem: MemberRule = { min: 1, max: 65_536 };

const roleArn: MemberRule = { min: 20, max: 2048 };

const templateBody: MemberRule = { max: 10_240 };

const templateName: MemberRule = { min: 1, max: 36, pattern: /^[0-9A-Za-z_-]+$/ };

const pageLimit: MemberRule = { min: 1, max: 250 };

const authorizerName: MemberRule = { min: 1, max: 128, pattern: /^[\w=,@-]+$/ };

const providerFunctionArn: MemberRule = { min: 1, max: 170 };

const authorizerStatus: MemberRule = { values: ['ACTIVE', 'INACTIVE'] };

const functionArn: MemberRule = { min: 1, max: 2048 };

const logLevel: MemberRule = { values: ['DEBUG', 'INFO', 'ERROR', 'WARN', 'DISABLED'] };

const logTargetType: MemberRule = { values: ['DEFAULT', 'THING_GROUP', 'CLIENT_ID', 'SOURCE_IP', 'PRINCIPAL_ID'] };

/** By member name, for the members of requests; numbers are ranges for numeric members. */
export const requestRules: Readonly<Record<string, MemberRule>> = {
  attributeName: { max: 128, pattern: /^[a-zA-Z0-9_.,@/:#-]+$/ },
  attributeValue: { max: 800, pattern: /^[a-zA-Z0-9_.,@/:#=[\]-]*$/ },
  authorizerFunctionArn: functionArn,
  authorizerName,
  applicationProtocol: { values: ['SECURE_MQTT', 'MQTT_WSS', 'HTTPS', 'DEFAULT'] },
  authenticationType: { values: ['CUSTOM_AUTH_X509', 'CUSTOM_AUTH', 'AWS_X509', 'AWS_SIGV4', 'DEFAULT'] },
  billingGroupName: registryName,
  comment: longText,
  caCertificate: certificatePem,
  caCertificateId: certificateId,
  caCertificatePem: certificatePem,
  certificateId,
  certificateMode: { values: ['DEFAULT', 'SNI_ONLY'] },
  certificatePem,
  certificateProviderName: authorizerName,
  certificateSigningRequest: { min: 1, max: 4096 },
  defaultLogLevel: logLevel,
  description,
  domainConfigurationName: { min: 1, max: 128, pattern: /^[\w.:-]+$/ },
  domainConfigurationStatus: { values: ['ENABLED', 'DISABLED'] },
  domainName: { min: 1, max: 253 },
  endpointType: { max: 128 },
  document: { max: 32_768 },
  jobId: { min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ },
  logLevel,
  marker: { max: 1024, pattern: /^[A-Za-z0-9+/]+={0,2}$/ },
  maxResults: pageLimit,
  namePrefixFilter: registryName,
  newAutoRegistrationStatus: { values: ['ENABLE', 'DISABLE'] },
  newStatus: certificateStatus,
  pageSize: pageLimit,
  parentGroup: registryName,
  parentGroupName: registryName,
  policyDocument: { max: 404_600 },
  policyName: { min: 1, max: 128, pattern: /^[\w+=,.@-]+$/ },
  reasonCode: { max: 128, pattern: /^[\p{Lu}\p{N}_]+$/u },
  policyVersionId: { pattern: /^[0-9]+$/ },
  provisioningRoleArn: roleArn,
  ruleName: { min: 1, max: 128, pattern: /^[a-zA-Z0-9_]+$/ },
  serviceType: { values: ['DATA', 'CREDENTIAL_PROVIDER', 'JOBS'] },
  status: certificateStatus,
  targetSelection: { values: ['CONTINUOUS', 'SNAPSHOT'] },
  templateBody,
  templateName,
  thingGroupName: registryName,
  thingName: registryName,
  thingPrincipalType: { values: ['EXCLUSIVE_THING', 'NON_EXCLUSIVE_THING'] },
  thingTypeName: registryName,
  token: { min: 1, max: 6144 },
  tokenKeyName: { min: 1, max: 128, pattern: /^[a-zA-Z0-9_-]+$/ },
  tokenSignature: { min: 1, max: 2560, pattern: /^[A-Za-z0-9+/]+={0,2}$/ },
  type: { values: ['FLEET_PROVISIONING', 'JITP'] },
  verificationCertificate: certificatePem,
};

/** By structure and member, for what is nested in a request, and for members that mean something else in one request. */
export const nestedRules: Readonly<Record<string, MemberRule>> = {
  'AbortCriteria.action': { values: ['CANCEL'] },
  'AbortCriteria.failureType': { values: ['FAILED', 'REJECTED', 'TIMED_OUT', 'ALL'] },
  'AbortCriteria.minNumberOfExecutedThings': { min: 1 },
  'AbortCriteria.thresholdPercentage': { max: 100 },
  'AuthInfo.actionType': { values: ['PUBLISH', 'SUBSCRIBE', 'RECEIVE', 'CONNECT'] },
  'AuthorizerConfig.defaultAuthorizerName': authorizerName,
  'ClientCertificateConfig.clientCertificateCallbackArn': functionArn,
  'CreateAuthorizerRequest.status': authorizerStatus,
  'CreateJobRequest.description': longText,
  'ExponentialRolloutRate.baseRatePerMinute': jobRate,
  'ExponentialRolloutRate.incrementFactor': { min: 1.1, max: 5 },
  'JobExecutionsRolloutConfig.maximumPerMinute': jobRate,
  'ListJobExecutionsForJobRequest.status': executionStatus,
  'ListJobExecutionsForThingRequest.status': executionStatus,
  'ListJobsRequest.status': { values: ['IN_PROGRESS', 'CANCELED', 'COMPLETED', 'DELETION_IN_PROGRESS', 'SCHEDULED'] },
  'RateIncreaseCriteria.numberOfNotifiedThings': { min: 1 },
  'RateIncreaseCriteria.numberOfSucceededThings': { min: 1 },
  'TimeoutConfig.inProgressTimeoutInMinutes': { min: 1, max: 10_080 },
  'CreateDomainConfigurationRequest.domainConfigurationName': { min: 1, max: 128, pattern: /^[\w.-]+$/ },
  'CreateCertificateProviderRequest.clientToken': { pattern: /^\S{36,64}$/ },
  'CreateCertificateProviderRequest.lambdaFunctionArn': providerFunctionArn,
  'DeleteV2LoggingLevelRequest.targetType': logTargetType,
  'HttpContext.queryString': { min: 1, max: 4096 },
  'ListAuthorizersRequest.status': authorizerStatus,
  'ListV2LoggingLevelsRequest.targetType': logTargetType,
  'LogEventConfiguration.eventType': { min: 1, max: 512 },
  'LogEventConfiguration.logDestination': { min: 1, max: 512, pattern: /^[.\-_/#A-Za-z0-9]+$/ },
  'LogEventConfiguration.logLevel': logLevel,
  'LogTarget.targetType': logTargetType,
  'LoggingOptionsPayload.logLevel': logLevel,
  'MqttContext.clientId': { min: 1, max: 65_535 },
  'MqttContext.password': { min: 1, max: 87_380 },
  'MqttContext.username': { min: 1, max: 65_535 },
  'ProvisioningHook.payloadVersion': { min: 10, max: 32, pattern: /^[0-9-]+$/ },
  'ProvisioningHook.targetArn': { max: 2048 },
  'RegistrationConfig.roleArn': roleArn,
  'RegistrationConfig.templateBody': templateBody,
  'RegistrationConfig.templateName': templateName,
  'ServerCertificateConfig.ocspLambdaArn': { min: 1, max: 170 },
  'TlsConfig.securityPolicy': { max: 128 },
  'TlsContext.serverName': { min: 1, max: 253 },
  'UpdateAuthorizerRequest.status': authorizerStatus,
  'UpdateCertificateProviderRequest.lambdaFunctionArn': providerFunctionArn,
  'UpdateCACertificateRequest.newStatus': { values: ['ACTIVE', 'INACTIVE'] },
  'RepublishAction.qos': { min: 0, max: 1 },
  'Tag.Key': { min: 1, max: 128, pattern: /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u },
  'Tag.Value': { max: 256, pattern: /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u },
  'ThingGroupProperties.thingGroupDescription': longDescription,
  'ThingTypeProperties.thingTypeDescription': longDescription,
};
