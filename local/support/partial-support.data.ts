/** Operations that the local AWS has in part, as `<signing name>:<operation>`, with what is missing. */
export const partialOperations: Readonly<Record<string, string>> = {
  'acm-pca:CreateCertificateAuthority': 'complete revocation lists only; OCSP settings are stored, nobody answers',
  'acm-pca:IssueCertificate': 'of the API’s wishes no qualifiers of policies, and no other or EDI names; no blank templates of root CAs',
  'acm-pca:ListCertificateAuthorities': 'other accounts share none',
  'cloudformation:DetectStackDrift':
    'functions, log groups, tables, rules, alarms, policies and provisioning templates of AWS IoT are read, by some of their properties; other types are NOT_CHECKED',
  'cloudtrail:CreateTrail': 'files in a bucket of the account; no log group, no topic, no key of KMS, no organizations',
  'cloudtrail:LookupEvents': 'what was called while a trail logged; of resources only the names in the request',
  'cloudtrail:PutEventSelectors': 'management events only, by one selector',
  'dynamodb:UpdateTable': 'indexes of a table that exists cannot change',
  'iot:CreateDomainConfiguration': 'certificates of ACM are not read, the endpoint makes one; OCSP settings are stored',
  'iot:CreateJob': 'no documents from S3, presigned URLs, templates, retries, schedules or package versions',
  'iot:CreateProvisioningTemplate': 'templates cannot name package versions',
  'iot:CreateProvisioningTemplateVersion': 'templates cannot name package versions',
  'iot:StartOnDemandAuditTask':
    'weak keys are those of Infineon’s library; revocation lists are read from this account’s public buckets; no role aliases and identity pools to look at',
  'iot:UpdateDomainConfiguration': 'the security policy of iot:Data-ATS cannot change; OCSP settings are stored',
  'kms:CreateKey': 'symmetric and HMAC keys, and keys on NIST’s curves that sign',
  'kms:Sign': 'whole messages, not their digests',
  'kms:Verify': 'whole messages, not their digests',
  'lambda:CreateFunction': 'Node bundles from a zip archive only',
  'lambda:PutFunctionEventInvokeConfig': 'destinations are queues, for what fails',
  'lambda:UpdateFunctionCode': 'Node bundles from a zip archive only',
  'logs:PutQueryDefinition': 'stored, and never looked at',
  'logs:StartQuery':
    'Logs Insights QL by fields, display, filter, stats, sort and limit, with literals on the right; no other command or function, and no !=',
  'monitoring:PutCompositeAlarm': 'alarms that tell topics, without suppressors of actions',
  'monitoring:PutDashboard': 'widgets of text, metrics, logs and alarms; what CloudWatch only warns of is not told',
  'monitoring:PutMetricAlarm': 'alarms on one metric that tell topics',
  's3:ListObjectVersions': 'without a delimiter',
  's3:PutObjectLockConfiguration': 'legal holds are not there',
  'sns:Subscribe': 'mail is kept for reading, and never sent',
};
