// DG:iot-policy-actions. The job actions were first documented with the prefix iot:, later with iotjobsdata:; both are accepted.
const jobActions = ['DescribeJobExecution', 'GetPendingJobExecutions', 'UpdateJobExecution', 'StartNextPendingJobExecution'];

/** Every action that an AWS IoT policy may name. */
export const iotActions: readonly string[] = [
  'iot:Connect',
  'iot:Publish',
  'iot:RetainPublish',
  'iot:Receive',
  'iot:Subscribe',
  'iot:GetRetainedMessage',
  'iot:ListRetainedMessages',
  'iot:DeleteConnection',
  'iot:GetConnection',
  'iot:ListSubscriptions',
  'iot:SendDirectMessage',
  'iot:GetThingShadow',
  'iot:UpdateThingShadow',
  'iot:DeleteThingShadow',
  'iot:ListNamedShadowsForThing',
  'iot:AssumeRoleWithCertificate',
  ...jobActions.flatMap((action) => [`iot:${action}`, `iotjobsdata:${action}`]),
];
