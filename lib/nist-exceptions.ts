/**
 * What the NIST SP 800-53 Rev. 5 pack asks for and a deployment does not have, each rule with its reason. A rule that is not here
 * fails the synth.
 */
export const nistExceptions = {
  CloudWatchAlarmAction: 'An alarm that tells nobody is a part of one that does: a composite alarm, or a claim’s line.',
  CloudWatchLogGroupEncrypted:
    'What custom resources log has no device, credential or decision in it, and AWS encrypts it with a key of its own; the audit log has our key.',
  DynamoDBInBackupPlan:
    'The table goes back to any second of 35 days by itself. A plan of AWS Backup is the account’s; whoever wants one adds the table to it.',
  IAMNoInlinePolicy:
    'Each role belongs to one function and has what that one needs. A policy in the role goes with it, and cannot be attached to anybody else.',
  LambdaConcurrency:
    'Reserved concurrency is taken from everybody else in the account. Functions that devices can call have it where `reservedConcurrency` says so; those fed by queues and schedules are bounded by these.',
  LambdaDLQ:
    'Functions are called by whoever waits for the answer, or by queues that have dead letters; where neither is so, the Serverless pack has the reason beside the function.',
  LambdaInsideVPC:
    'Functions reach AWS’s own endpoints, by TLS and with IAM, and nothing of a network that a VPC could guard. In one, every path to AWS would have to be opened again.',
  S3BucketLoggingEnabled:
    'IAM says who can read the history, and CloudTrail can log who does. A log of accesses would be a history of the history, unsealed.',
  S3BucketReplicationEnabled:
    'Where copies may lie is the owner’s to say: replication of the archive can be added to its bucket. What waits to be sealed goes, and a revocation list is written again.',
  S3BucketVersioningEnabled:
    'The archive has versions, by its lock. What waits to be sealed is written once and goes after a month; a revocation list is replaced by the next.',
  S3DefaultEncryptionKMS: 'A revocation list is there to be read by anybody who checks a certificate.',
} as const;
